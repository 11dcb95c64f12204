# A network that fails when it is told to, between the people and the server; to be sourced after
# scene.sh.
# shellcheck shell=bash disable=SC2154 # here and url are of scene.sh

# start_network: starts it; people reach the server at $network_url.
start_network() {
    local port
    coproc NETWORK { exec python3 "$here/proxy.py"; }
    read -r port <&"${NETWORK[0]}"
    network_url=http://127.0.0.1:$port
}

# network WORD…: gives the network an order (proxy.py).
network() {
    local answer
    printf '%s\n' "$*" >&"${NETWORK[1]}"
    read -r answer <&"${NETWORK[0]}"
    [[ $answer == ok ]]
}

# most_carried VARIABLE: sets it to how many bytes one connection has carried down since the last `network pass`.
most_carried() {
    local bytes answer
    printf 'carried\n' >&"${NETWORK[1]}"
    read -r bytes <&"${NETWORK[0]}"
    read -r answer <&"${NETWORK[0]}"
    [[ $answer == ok ]]
    printf -v "$1" %s "$bytes"
}

# await_network WORD: waits until the network says WORD.
await_network() {
    local said
    read -r -t 120 said <&"${NETWORK[0]}"
    [[ $said == "$1" ]]
}

# behind_network COMMAND…: runs what starts the server, and puts the network before it.
behind_network() {
    "$@" --origin "$network_url"
    network to "${url##*:}"
    url=$network_url
}
