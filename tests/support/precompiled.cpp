// Nothing: doctest_main.cpp cannot be built with the precompiled header of the tests, and CMake
// makes it only for a target with a source that is.
