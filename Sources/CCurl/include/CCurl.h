// libcurl's setters and getters take variable arguments, which Swift cannot call: one C function for each kind of argument.
// Everything else of libcurl is called as it is.
#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value);
CURLcode ccurl_set_size(CURL *handle, CURLoption option, curl_off_t value);
CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value);
CURLcode ccurl_set_read(CURL *handle, curl_read_callback callback, void *context);
CURLcode ccurl_set_debug(CURL *handle, curl_debug_callback callback, void *context);

/// The socket of the connection the handle used last, or -1.
curl_socket_t ccurl_socket(CURL *handle);
/// How many connections the last transfer opened: 0 when it used one that was kept.
long ccurl_connections_opened(CURL *handle);

#endif
