package sandbox

import (
	"net/http"
	"strconv"
)

// response is a status and a JSON body; a nil body is none.
type response struct {
	status int
	body   []byte
}

func (a *response) write(w http.ResponseWriter) {
	if a.body == nil {
		w.WriteHeader(a.status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // the client has gone; there is nobody to tell
}

func ok(v any) *response {
	return &response{http.StatusOK, encode(v)}
}

func okRaw(body []byte) *response {
	return &response{http.StatusOK, body}
}

// errorResponse is the shape in which the application answers an error.
func errorResponse(status int, text string) *response {
	return &response{status, encode(object{"errors": []any{text}})}
}

func badRequest(text string) *response {
	return errorResponse(http.StatusBadRequest, text)
}

// detailedError is the newer, JSON:API-like shape of an application error.
func detailedError(text string) *response {
	return &response{http.StatusBadRequest, encode(object{"errors": []any{object{
		"id": nil, "links": nil, "status": "HTTPStatus.BAD_REQUEST", "code": nil, "title": "Bad Request",
		"detail": text, "source": nil, "meta": nil,
	}}})}
}

// gatewayError is how the gateway in front of the application answers: keys, unknown paths.
func gatewayError(status int, text string) *response {
	return &response{status, encode(object{
		"status": "error", "code": status, "errors": []any{text},
		"statuspage": "http://status.datadoghq.com",
		"twitter":    "http://twitter.com/datadogops",
		"email":      "support@datadoghq.com",
	})}
}

// invalidParameter is Datadog's text for a value of the wrong type.
func invalidParameter(name string) string {
	return "The value provided for parameter '" + name + "' is invalid"
}
