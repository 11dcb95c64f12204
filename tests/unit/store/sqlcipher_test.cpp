#include "backend_sqlcipher.hpp"
#include "conformance.hpp"
