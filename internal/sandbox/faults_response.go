package sandbox

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
	"time"
)

// responder responds in place of the server. The recorded response is the server's, or empty if the request was not
// processed.
type responder func(f *faultHandler, w http.ResponseWriter, r *http.Request, response *responseRecorder)

// gatewayStatus responds like the gateway when it rejects the keys or the application does not respond.
func gatewayStatus(status int) responder {
	return func(_ *faultHandler, w http.ResponseWriter, _ *http.Request, _ *responseRecorder) {
		gatewayError(status, http.StatusText(status)).write(w)
	}
}

// rateLimited responds as if the rate limit of the endpoint were reached, until its window ends.
func rateLimited(f *faultHandler, w http.ResponseWriter, r *http.Request, _ *responseRecorder) {
	budget := f.budget(r)
	budget.writeHeaders(w.Header(), 0, f.now())
	errorResponse(http.StatusTooManyRequests, fmt.Sprintf("Rate limit of %d requests in %d seconds reached. Please try again later.",
		budget.limit, budget.period)).write(w)
}

// resetConnection closes the connection. The unflushed part of the response is lost.
func resetConnection(*faultHandler, http.ResponseWriter, *http.Request, *responseRecorder) {
	panic(http.ErrAbortHandler)
}

// truncateBody sends n bytes of the body with the Content-Length of the full body. net/http then closes the connection.
func truncateBody(n int) responder {
	return func(_ *faultHandler, w http.ResponseWriter, _ *http.Request, response *responseRecorder) {
		response.writeHeaders(w)
		_, _ = w.Write(response.body.Bytes()[:min(n, response.body.Len())]) // the client has disconnected
	}
}

// slowChunks is the number of chunks of a slow response.
const slowChunks = 8

// slowBody spreads the response body over a duration, with a wait before each chunk.
func slowBody(over time.Duration) responder {
	return func(f *faultHandler, w http.ResponseWriter, r *http.Request, response *responseRecorder) {
		response.writeHeaders(w)
		body, out := response.body.Bytes(), http.NewResponseController(w)
		for i := range slowChunks {
			_ = out.Flush() // a writer that cannot flush sends everything at the end
			if f.sleep(r.Context(), over/slowChunks) != nil {
				return // the client has disconnected
			}
			if _, err := w.Write(body[i*len(body)/slowChunks : (i+1)*len(body)/slowChunks]); err != nil {
				return
			}
		}
	}
}

// rewriteBody replaces the response body and keeps the status.
func rewriteBody(change func([]byte) []byte) responder {
	return func(_ *faultHandler, w http.ResponseWriter, _ *http.Request, response *responseRecorder) {
		body := change(response.body.Bytes())
		response.body = *bytes.NewBuffer(body)
		response.writeHeaders(w)
		_, _ = w.Write(body)
	}
}

// firstHalf is invalid JSON: the API's bodies are objects and arrays, which are incomplete without the last character.
func firstHalf(body []byte) []byte { return body[:len(body)/2] }

// wrongShape returns an object in place of an array, and the reverse.
func wrongShape(body []byte) []byte {
	if bytes.HasPrefix(body, []byte("[")) {
		return []byte("{}")
	}
	return []byte("[]")
}

func emptyBody([]byte) []byte { return nil }

// htmlPage responds like a proxy that requires a login.
func htmlPage(_ *faultHandler, w http.ResponseWriter, _ *http.Request, _ *responseRecorder) {
	const page = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Sign in to go on.</body></html>\n"
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(page)))
	_, _ = io.WriteString(w, page)
}

// drain reads the body of a request that is not processed. The kernel resets a connection that is closed with unread
// data, at a time that differs from run to run.
func drain(r *http.Request) {
	_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, maxBody))
}

// responseRecorder is an http.ResponseWriter that keeps the response.
type responseRecorder struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func newResponseRecorder() *responseRecorder {
	return &responseRecorder{status: http.StatusOK, header: http.Header{}}
}

func (a *responseRecorder) Header() http.Header { return a.header }

func (a *responseRecorder) WriteHeader(status int) { a.status = status }

func (a *responseRecorder) Write(data []byte) (int, error) { return a.body.Write(data) }

// writeHeaders sends the status and the headers with the body's length. net/http omits the length from a 204.
func (a *responseRecorder) writeHeaders(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.header)
	w.Header().Set("Content-Length", strconv.Itoa(a.body.Len()))
	w.WriteHeader(a.status)
}
