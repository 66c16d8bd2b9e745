package sandbox

import (
	"net/http"
	"strconv"
)

// answer is a status and a JSON body; a nil body is none.
type answer struct {
	status int
	body   []byte
}

func (a *answer) write(w http.ResponseWriter) {
	if a.body == nil {
		w.WriteHeader(a.status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // the client has gone; there is nobody to tell
}

func ok(v any) *answer {
	return &answer{http.StatusOK, encode(v)}
}

func okRaw(body []byte) *answer {
	return &answer{http.StatusOK, body}
}

// refuse is the shape in which the application answers an error.
func refuse(status int, text string) *answer {
	return &answer{status, encode(object{"errors": []any{text}})}
}

func badRequest(text string) *answer {
	return refuse(http.StatusBadRequest, text)
}

// refuseDetail is the newer, JSON:API-like shape of an application error.
func refuseDetail(text string) *answer {
	return &answer{http.StatusBadRequest, encode(object{"errors": []any{object{
		"id": nil, "links": nil, "status": "HTTPStatus.BAD_REQUEST", "code": nil, "title": "Bad Request",
		"detail": text, "source": nil, "meta": nil,
	}}})}
}

// gatewayError is how the gateway in front of the application answers: keys, unknown paths.
func gatewayError(status int, text string) *answer {
	return &answer{status, encode(object{
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
