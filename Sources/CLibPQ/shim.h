// SPDX-License-Identifier: Apache-2.0
#ifndef CLIBPQ_SHIM_H
#define CLIBPQ_SHIM_H

#include <libpq-fe.h>

// Glibc's module leaves it out.
#ifdef __linux__
#include <sys/epoll.h>
#endif

#endif
