package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"time"
)

// object is a JSON object. Its numbers keep the notation in which they were sent.
type object = map[string]any

// maxBody is the maximum size of a request body in bytes, far above any real dashboard.
const maxBody = 10 << 20

// withBody reads the whole request body before the request is processed. A body that never arrives ends with the
// server's ReadTimeout, and delays in the sandbox do not count towards that timeout.
func withBody(w http.ResponseWriter, r *http.Request) (*http.Request, *response) {
	if r.Body == nil || r.Body == http.NoBody {
		return r, nil
	}
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, errorResponse(http.StatusRequestEntityTooLarge, "The request body is larger than 10 MB")
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, errorResponse(http.StatusRequestTimeout, "The request body did not arrive in time")
	case err != nil:
		return nil, badRequest("The request body could not be read")
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{}) // a writer may not support deadlines
	out := r.WithContext(r.Context())
	out.Body = io.NopCloser(bytes.NewReader(data))
	return out, nil
}

// readObject reads a request's body as one JSON object.
func readObject(r *http.Request) (object, *response) {
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, badRequest("The request body could not be read")
	}
	v, err := decodeObject(data)
	if err != nil {
		return nil, badRequest("The request body is not a JSON object")
	}
	return v, nil
}

func decodeObject(data []byte) (object, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var v object
	if err := decoder.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more follows the JSON value")
	}
	if v == nil {
		return nil, errors.New("null is not an object")
	}
	return v, nil
}

// encode encodes values that readObject decoded or that this package built. Neither can fail.
func encode(v any) []byte {
	var buf bytes.Buffer
	encoder := json.NewEncoder(&buf)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		panic("sandbox: value is not JSON: " + err.Error())
	}
	return bytes.TrimRight(buf.Bytes(), "\n")
}

func stringField(o object, key string) string {
	s, _ := o[key].(string)
	return s
}

func stringList(v any) []string {
	list, _ := v.([]any)
	out := make([]string, 0, len(list))
	for _, e := range list {
		if s, isString := e.(string); isString {
			out = append(out, s)
		}
	}
	return out
}
