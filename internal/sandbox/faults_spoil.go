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

// spoil answers in the server's place. The answer is the server's, or empty if the request was not carried out.
type spoil func(f *front, w http.ResponseWriter, r *http.Request, answer *recorded)

// gatewayStatus answers as the gateway does when the application behind it does not.
func gatewayStatus(status int) spoil {
	return func(_ *front, w http.ResponseWriter, _ *http.Request, _ *recorded) {
		gatewayError(status, http.StatusText(status)).write(w)
	}
}

// overRate answers as if the budget of the request's endpoint were spent until its window ends.
func overRate(f *front, w http.ResponseWriter, r *http.Request, _ *recorded) {
	budget := f.budget(r)
	budget.head(w.Header(), 0, f.now())
	refuse(http.StatusTooManyRequests, fmt.Sprintf("Rate limit of %d requests in %d seconds reached. Please try again later.",
		budget.limit, budget.period)).write(w)
}

// abort closes the connection. What was not yet flushed of an answer is lost.
func abort(*front, http.ResponseWriter, *http.Request, *recorded) { panic(http.ErrAbortHandler) }

// truncated sends n bytes of the answer under the length of the whole; net/http closes such a connection.
func truncated(n int) spoil {
	return func(_ *front, w http.ResponseWriter, _ *http.Request, answer *recorded) {
		answer.head(w)
		_, _ = w.Write(answer.body.Bytes()[:min(n, answer.body.Len())]) // the client has gone; there is nobody to tell
	}
}

// slowPieces is in how many pieces a slow answer comes.
const slowPieces = 8

// slow spreads the answer's body over a time, with a wait before each piece.
func slow(over time.Duration) spoil {
	return func(f *front, w http.ResponseWriter, r *http.Request, answer *recorded) {
		answer.head(w)
		body, out := answer.body.Bytes(), http.NewResponseController(w)
		for i := range slowPieces {
			_ = out.Flush() // a writer that cannot flush sends all at the end
			if f.sleep(r.Context(), over/slowPieces) != nil {
				return // the client has gone
			}
			if _, err := w.Write(body[i*len(body)/slowPieces : (i+1)*len(body)/slowPieces]); err != nil {
				return
			}
		}
	}
}

// mangled replaces the body of the answer and leaves its status.
func mangled(change func([]byte) []byte) spoil {
	return func(_ *front, w http.ResponseWriter, _ *http.Request, answer *recorded) {
		body := change(answer.body.Bytes())
		answer.body = *bytes.NewBuffer(body)
		answer.head(w)
		_, _ = w.Write(body)
	}
}

// half is no JSON: the API's bodies are objects and arrays, and those end with their last character.
func half(body []byte) []byte { return body[:len(body)/2] }

// otherShape is JSON, but an object where an array is due, and the reverse.
func otherShape(body []byte) []byte {
	if bytes.HasPrefix(body, []byte("[")) {
		return []byte("{}")
	}
	return []byte("[]")
}

func nothing([]byte) []byte { return nil }

// webPage answers as a proxy does that wants somebody to log in.
func webPage(_ *front, w http.ResponseWriter, _ *http.Request, _ *recorded) {
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

// recorded is an http.ResponseWriter that keeps the answer.
type recorded struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func newRecorded() *recorded { return &recorded{status: http.StatusOK, header: http.Header{}} }

func (a *recorded) Header() http.Header { return a.header }

func (a *recorded) WriteHeader(status int) { a.status = status }

func (a *recorded) Write(data []byte) (int, error) { return a.body.Write(data) }

// head sends everything but the body, with the body's length; net/http leaves that out of a 204.
func (a *recorded) head(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.header)
	w.Header().Set("Content-Length", strconv.Itoa(a.body.Len()))
	w.WriteHeader(a.status)
}
