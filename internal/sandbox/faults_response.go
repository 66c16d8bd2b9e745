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

// responder answers in the server's place. The answer is the server's, or empty if the request was not carried out.
type responder func(f *faultHandler, w http.ResponseWriter, r *http.Request, response *responseRecorder)

// gatewayStatus answers as the gateway does when the application behind it does not.
func gatewayStatus(status int) responder {
	return func(_ *faultHandler, w http.ResponseWriter, _ *http.Request, _ *responseRecorder) {
		gatewayError(status, http.StatusText(status)).write(w)
	}
}

// rateLimited answers as if the budget of the request's endpoint were spent until its window ends.
func rateLimited(f *faultHandler, w http.ResponseWriter, r *http.Request, _ *responseRecorder) {
	budget := f.budget(r)
	budget.writeHeaders(w.Header(), 0, f.now())
	errorResponse(http.StatusTooManyRequests, fmt.Sprintf("Rate limit of %d requests in %d seconds reached. Please try again later.",
		budget.limit, budget.period)).write(w)
}

// resetConnection closes the connection. What was not yet flushed of an answer is lost.
func resetConnection(*faultHandler, http.ResponseWriter, *http.Request, *responseRecorder) {
	panic(http.ErrAbortHandler)
}

// truncateBody sends n bytes of the answer under the length of the whole; net/http closes such a connection.
func truncateBody(n int) responder {
	return func(_ *faultHandler, w http.ResponseWriter, _ *http.Request, response *responseRecorder) {
		response.writeHeaders(w)
		_, _ = w.Write(response.body.Bytes()[:min(n, response.body.Len())]) // the client has gone; there is nobody to tell
	}
}

// slowChunks is in how many pieces a slow answer comes.
const slowChunks = 8

// slowBody spreads the answer's body over a time, with a wait before each piece.
func slowBody(over time.Duration) responder {
	return func(f *faultHandler, w http.ResponseWriter, r *http.Request, response *responseRecorder) {
		response.writeHeaders(w)
		body, out := response.body.Bytes(), http.NewResponseController(w)
		for i := range slowChunks {
			_ = out.Flush() // a writer that cannot flush sends all at the end
			if f.sleep(r.Context(), over/slowChunks) != nil {
				return // the client has gone
			}
			if _, err := w.Write(body[i*len(body)/slowChunks : (i+1)*len(body)/slowChunks]); err != nil {
				return
			}
		}
	}
}

// rewriteBody replaces the body of the answer and leaves its status.
func rewriteBody(change func([]byte) []byte) responder {
	return func(_ *faultHandler, w http.ResponseWriter, _ *http.Request, response *responseRecorder) {
		body := change(response.body.Bytes())
		response.body = *bytes.NewBuffer(body)
		response.writeHeaders(w)
		_, _ = w.Write(body)
	}
}

// firstHalf is no JSON: the API's bodies are objects and arrays, and those end with their last character.
func firstHalf(body []byte) []byte { return body[:len(body)/2] }

// wrongShape is JSON, but an object where an array is due, and the reverse.
func wrongShape(body []byte) []byte {
	if bytes.HasPrefix(body, []byte("[")) {
		return []byte("{}")
	}
	return []byte("[]")
}

func emptyBody([]byte) []byte { return nil }

// htmlPage answers as a proxy does that wants somebody to log in.
func htmlPage(_ *faultHandler, w http.ResponseWriter, _ *http.Request, _ *responseRecorder) {
	const page = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Sign in to go on.</body></html>\n"
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(page)))
	_, _ = io.WriteString(w, page)
}

// drain reads a request that nobody else will. A connection closed with unread data in it is reset by the kernel, at
// a moment that differs from run to run.
func drain(r *http.Request) {
	_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, maxBody))
}

// responseRecorder is an http.ResponseWriter that keeps the answer.
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

// writeHeaders sends everything but the body, with the body's length; net/http leaves that out of a 204.
func (a *responseRecorder) writeHeaders(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.header)
	w.Header().Set("Content-Length", strconv.Itoa(a.body.Len()))
	w.WriteHeader(a.status)
}
