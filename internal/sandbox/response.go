package sandbox

import (
	"net/http"
	"strconv"
)

// response is a status and a JSON body. With a nil body, only the status is sent.
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
	_, _ = w.Write(a.body) // the client has disconnected
}

func ok(v any) *response {
	return &response{http.StatusOK, encode(v)}
}

func okRaw(body []byte) *response {
	return &response{http.StatusOK, body}
}

// errorResponse is an application error in the older format.
func errorResponse(status int, message string) *response {
	return &response{status, encode(object{"errors": []any{message}})}
}

func badRequest(message string) *response {
	return errorResponse(http.StatusBadRequest, message)
}

// detailedError is an application error in the newer, JSON:API-like format.
func detailedError(message string) *response {
	return &response{http.StatusBadRequest, encode(object{"errors": []any{object{
		"id": nil, "links": nil, "status": "HTTPStatus.BAD_REQUEST", "code": nil, "title": "Bad Request",
		"detail": message, "source": nil, "meta": nil,
	}}})}
}

// gatewayError is an error of the gateway in front of the application, such as for keys and unknown paths.
func gatewayError(status int, message string) *response {
	return &response{status, encode(object{
		"status": "error", "code": status, "errors": []any{message},
		"statuspage": "http://status.datadoghq.com",
		"twitter":    "http://twitter.com/datadogops",
		"email":      "support@datadoghq.com",
	})}
}

// invalidParameter is Datadog's error message for a value of the wrong type.
func invalidParameter(name string) string {
	return "The value provided for parameter '" + name + "' is invalid"
}
