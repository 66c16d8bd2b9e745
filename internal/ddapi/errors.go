package ddapi

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// APIError is an error response from Datadog, or a response that cannot be read. Its strings are clean and contain no
// key.
type APIError struct {
	Action   string // "create the monitor"
	Method   string
	Path     string
	Status   int
	Messages []string // from Datadog, or about the response
	Advice   string   // what to do; empty if the messages say it
	// DuplicateOf is the id of an identical monitor that Datadog reports; empty for other errors.
	DuplicateOf string

	invalid bool  // whether the body of a successful response is invalid
	foreign bool  // whether the response is not Datadog's but, for example, a proxy's
	err     error // why the response cannot be read
}

// Error says in one line what failed, why, and what to do.
func (e *APIError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "cannot %s: ", e.Action)
	if e.invalid {
		b.WriteString(strings.Join(e.Messages, "; "))
	} else {
		fmt.Fprintf(&b, "Datadog returned %d %s", e.Status, http.StatusText(e.Status))
		if messages := strings.Join(e.Messages, "; "); messages != "" && messages != http.StatusText(e.Status) {
			b.WriteString(": " + messages)
		}
	}
	return sentences(b.String(), e.Advice)
}

// sentences joins non-empty strings as sentences. It adds a full stop between two if the first has no end mark, and
// none at the end.
func sentences(texts ...string) string {
	var b strings.Builder
	for _, text := range texts {
		if text == "" {
			continue
		}
		if b.Len() > 0 {
			if !strings.ContainsRune(".?!…", lastRune(b.String())) {
				b.WriteByte('.')
			}
			b.WriteByte(' ')
		}
		b.WriteString(text)
	}
	return b.String()
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// DuplicateID returns DuplicateOf, for packages that do not import ddapi.
func (e *APIError) DuplicateID() string { return e.DuplicateOf }

// Unwrap returns why the response cannot be read.
func (e *APIError) Unwrap() error { return e.err }

// NotFound reports whether Datadog returned that the object does not exist.
func NotFound(err error) bool {
	var e *APIError
	return errors.As(err, &e) && e.Status == http.StatusNotFound && !e.foreign
}

// Forbidden reports whether Datadog returned that the keys do not have the permission.
func Forbidden(err error) bool {
	var e *APIError
	return errors.As(err, &e) && e.Status == http.StatusForbidden && !e.foreign
}

// adviceMayBeApplied is the advice after a write without a response.
const adviceMayBeApplied = "The change may have been applied anyway: run `ddmon plan` to check"

// reporter builds errors from responses, including those that are not Datadog's.
type reporter struct {
	cleaner
	base string // "https://api.datadoghq.com", without a slash at the end
}

// statusError builds the error for an error response.
func (r *reporter) statusError(call call, response *http.Response) error {
	e := &APIError{Action: call.action, Method: call.method, Path: call.path(), Status: response.StatusCode}
	raw, err := io.ReadAll(&meter{from: response.Body, limit: maxErrorBody})
	messages, isJSON, isDatadogs := errorTexts(raw)
	e.Messages = r.texts(messages)
	e.DuplicateOf = duplicateOf(e.Messages)
	e.foreign = !isDatadogs
	e.Advice = r.advice(call, response)
	var limit *limitError
	switch {
	case errors.As(err, &limit):
		e.Messages = []string{limit.Error()}
	case !isJSON && e.Advice == "":
		e.Advice = capitalized(r.notJSON(raw))
	case e.foreign && e.Status == http.StatusNotFound:
		e.Advice = "The response from " + r.base + " does not have the format of Datadog's errors: check DD_HOST and DD_SITE"
	}
	return e
}

// advice says what to do about a status, unless Datadog's own message says it.
func (r *reporter) advice(call call, response *http.Response) string {
	switch status := response.StatusCode; {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return fmt.Sprintf("Check that DD_API_KEY and DD_APP_KEY are keys for %s (otherwise set DD_SITE or DD_HOST), and "+
			"that the application key has the permission %s", r.base, call.permission)
	case status == http.StatusTooManyRequests:
		return "The rate limit is exceeded: wait a minute and try again"
	case status >= 300 && status <= 399:
		return fmt.Sprintf("%s redirects to %s, and ddmon does not follow redirects with keys: set DD_SITE or DD_HOST to the correct address",
			r.base, orElse(r.text(response.Header.Get("Location")), "another address"))
	case status >= 500 && call.writes:
		return adviceMayBeApplied
	}
	return ""
}

// bodyError builds the error for a successful response with an invalid body.
func (r *reporter) bodyError(call call, response *http.Response, body *meter, err error) error {
	e := &APIError{
		Action: call.action, Method: call.method, Path: call.path(), Status: response.StatusCode, invalid: true, err: err,
	}
	var (
		syntax *jsontext.SyntacticError
		limit  *limitError
		field  *fieldError
		report *reportedError
	)
	switch {
	case errors.As(err, &report):
		e.Messages = []string{fmt.Sprintf("the response from %s has the status %d, but reports an error: %s", r.base, e.Status, r.text(report.text))}
	case errors.As(err, &limit):
		e.Messages = []string{fmt.Sprintf("the response from %s to %s %s %s", r.base, call.method, r.displayPath(call), limit.what)}
		e.Advice = "Check DD_HOST and DD_SITE"
	case body.err != nil, errors.Is(err, io.ErrUnexpectedEOF):
		e.Messages = []string{"the response from " + r.base + " was cut off"}
		e.Advice = "Try again"
	case errors.Is(err, io.EOF):
		e.Messages = []string{"the response from " + r.base + " is empty"}
		e.Advice = "Check DD_HOST and DD_SITE"
	case errors.As(err, &syntax):
		e.Messages = []string{r.invalidJSON(body.kept, syntax)}
	case errors.As(err, &field):
		e.Messages = []string{"the response from " + r.base + " has an unexpected format: " + r.text(err.Error())}
		e.Advice = fieldAdvice
	default:
		e.Messages = []string{"the response from " + r.base + " has an unexpected format: " + r.text(err.Error())}
		e.Advice = "Check DD_HOST and DD_SITE"
	}
	if call.writes {
		e.Advice = sentences(e.Advice, adviceMayBeApplied)
	}
	return e
}

// invalidJSON describes a response with invalid JSON.
func (r *reporter) invalidJSON(raw []byte, syntax *jsontext.SyntacticError) string {
	if start := bytes.TrimLeft(raw, " \t\r\n"); len(start) == 0 || !strings.ContainsRune("{[", rune(start[0])) {
		return r.notJSON(raw)
	}
	if errors.Is(syntax, jsontext.ErrDuplicateName) {
		return fmt.Sprintf("the response from %s has the duplicate key %q in an object", r.base, r.text(syntax.JSONPointer.LastToken()))
	}
	return fmt.Sprintf("the response from %s is invalid JSON at byte %d: %s", r.base, syntax.ByteOffset, r.text(syntax.Err.Error()))
}

// capitalized makes a text a sentence of its own.
func capitalized(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// notJSON describes a response that is not JSON, with its first characters, to follow a colon.
func (r *reporter) notJSON(raw []byte) string {
	const shown = 80
	start := []rune(r.prefix(string(raw[:min(len(raw), keptBytes)])))
	if len(start) > shown {
		start = append(start[:shown], '…')
	}
	if len(start) == 0 {
		return "the response from " + r.base + " is empty: check DD_HOST and DD_SITE"
	}
	return fmt.Sprintf("the response from %s is not JSON: check DD_HOST and DD_SITE. It begins with %q", r.base, string(start))
}

// displayPath returns path and query without escapes, which could hide a key from the cleaner.
func (r *reporter) displayPath(call call) string {
	path := call.path()
	if len(call.query) > 0 {
		path += "?" + call.query.Encode()
	}
	if readable, err := url.QueryUnescape(path); err == nil {
		path = readable
	}
	return r.text(path)
}
