package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
)

// object is a JSON object whose numbers keep the notation they were sent in.
type object = map[string]any

// maxBody is the largest request body that is read, in bytes: far above any real dashboard.
const maxBody = 10 << 20

// readObject reads a request's body as one JSON object.
func readObject(r *http.Request) (object, *answer) {
	data, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return nil, refuse(http.StatusRequestEntityTooLarge, "The request body is larger than 10 MB")
	}
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

// encode writes what readObject read, or what this package made; neither can fail.
func encode(v any) []byte {
	var buf bytes.Buffer
	encoder := json.NewEncoder(&buf)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		panic("sandbox: value is not JSON: " + err.Error())
	}
	return bytes.TrimRight(buf.Bytes(), "\n")
}

func text(o object, key string) string {
	s, _ := o[key].(string)
	return s
}

func texts(v any) []string {
	list, _ := v.([]any)
	out := make([]string, 0, len(list))
	for _, e := range list {
		if s, isText := e.(string); isText {
			out = append(out, s)
		}
	}
	return out
}
