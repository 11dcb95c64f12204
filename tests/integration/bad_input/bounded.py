#!/usr/bin/env python3
"""Runs a command and measures it: SECONDS FILE COMMAND…

It is killed after SECONDS (the exit code is then 124); its peak memory in KiB is written to FILE.
"""
import resource
import subprocess
import sys

seconds, peak, command = float(sys.argv[1]), sys.argv[2], sys.argv[3:]
try:
    status = subprocess.run(command, timeout=seconds, check=False).returncode
except subprocess.TimeoutExpired:
    status = 124
with open(peak, "w", encoding="ascii") as file:
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=file)
sys.exit(status if status >= 0 else 128 - status)
