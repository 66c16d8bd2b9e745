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

// APIError is an answer of Datadog that is no success, or that cannot be read. Its texts are clean and hold no key.
type APIError struct {
	Doing    string // "create the monitor"
	Method   string
	Path     string
	Status   int
	Messages []string // what Datadog said, or what was wrong with the answer
	Advice   string   // what to do; empty if the messages say it
	// DuplicateOf is the id of the monitor of which Datadog says that it is the same; empty for other errors.
	DuplicateOf string

	unfit   bool  // whether the answer to a success was at fault
	foreign bool  // whether the answer is none of Datadog's, but that of a proxy, say
	err     error // why it could not be read
}

// Error says in one line what was not done, why, and what to do.
func (e *APIError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "cannot %s: ", e.Doing)
	if e.unfit {
		b.WriteString(strings.Join(e.Messages, "; "))
	} else {
		fmt.Fprintf(&b, "Datadog answered %d %s", e.Status, http.StatusText(e.Status))
		if said := strings.Join(e.Messages, "; "); said != "" && said != http.StatusText(e.Status) {
			b.WriteString(": " + said)
		}
	}
	return sentences(b.String(), e.Advice)
}

// sentences joins texts that are not empty, with a full stop between two where the first has no mark of its own. The
// last one ends as it does.
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

// Twin returns DuplicateOf, for those who do not know this type.
func (e *APIError) Twin() string { return e.DuplicateOf }

// Unwrap returns why an answer could not be read.
func (e *APIError) Unwrap() error { return e.err }

// NotFound reports whether Datadog said that the object does not exist.
func NotFound(err error) bool {
	var e *APIError
	return errors.As(err, &e) && e.Status == http.StatusNotFound && !e.foreign
}

// mayHaveHappened is the advice after a write whose answer was lost.
const mayHaveHappened = "It may have happened nevertheless: plan again to see"

// reporter makes errors of what Datadog answers, or of answers that are not Datadog's.
type reporter struct {
	cleaner
	base string // "https://api.datadoghq.com", without a slash at the end
}

// refused makes the error for an answer that is no success.
func (r *reporter) refused(call call, response *http.Response) error {
	e := &APIError{Doing: call.doing, Method: call.method, Path: call.path(), Status: response.StatusCode}
	raw, err := io.ReadAll(&meter{from: response.Body, limit: maxErrorBody})
	messages, isJSON := errorTexts(raw)
	e.Messages = r.texts(messages)
	e.DuplicateOf = duplicateOf(e.Messages)
	e.foreign = !isJSON
	e.Advice = r.advice(call, response)
	var limit *limitError
	switch {
	case errors.As(err, &limit):
		e.Messages = []string{limit.Error()}
	case !isJSON && e.Advice == "":
		e.Advice = r.notJSON(raw)
	}
	return e
}

// advice says what to do about a status, where that is more than what Datadog says itself.
func (r *reporter) advice(call call, response *http.Response) string {
	switch status := response.StatusCode; {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return fmt.Sprintf("Check DD_API_KEY and DD_APP_KEY, that they are keys of %s (else set DD_SITE or DD_HOST), and "+
			"that the application key has the permission %s", r.base, call.permission)
	case status == http.StatusTooManyRequests:
		return "That is too much in a short time: wait a minute and try again"
	case status >= 300 && status <= 399:
		return fmt.Sprintf("%s sends on to %s, where keys are not sent: set DD_SITE or DD_HOST to the right address",
			r.base, orElse(r.text(response.Header.Get("Location")), "another address"))
	case status >= 500 && call.stores:
		return mayHaveHappened
	}
	return ""
}

// unreadable makes the error for a success whose answer is not what it should be.
func (r *reporter) unreadable(call call, response *http.Response, body *meter, err error) error {
	e := &APIError{
		Doing: call.doing, Method: call.method, Path: call.path(), Status: response.StatusCode, unfit: true, err: err,
	}
	var (
		syntax *jsontext.SyntacticError
		limit  *limitError
		field  *fieldError
	)
	switch {
	case errors.As(err, &limit):
		e.Messages = []string{fmt.Sprintf("the answer of %s to %s %s %s", r.base, call.method, r.forPeople(call), limit.what)}
		e.Advice = "Is DD_HOST or DD_SITE right?"
	case body.err != nil, errors.Is(err, io.ErrUnexpectedEOF):
		e.Messages = []string{"the answer of " + r.base + " broke off"}
		e.Advice = "Try again"
	case errors.Is(err, io.EOF):
		e.Messages = []string{"the answer of " + r.base + " is empty"}
		e.Advice = "Is DD_HOST or DD_SITE right?"
	case errors.As(err, &syntax):
		e.Messages = []string{r.notValid(body.kept, syntax)}
	case errors.As(err, &field):
		e.Messages = []string{"the answer of " + r.base + " has an unexpected form: " + r.text(err.Error())}
		e.Advice = fieldAdvice
	default:
		e.Messages = []string{"the answer of " + r.base + " has an unexpected form: " + r.text(err.Error())}
		e.Advice = "Is DD_HOST or DD_SITE right?"
	}
	if call.stores {
		e.Advice = sentences(e.Advice, mayHaveHappened)
	}
	return e
}

// notValid says where an answer that begins like JSON stops being that.
func (r *reporter) notValid(raw []byte, syntax *jsontext.SyntacticError) string {
	if start := bytes.TrimLeft(raw, " \t\r\n"); len(start) == 0 || !strings.ContainsRune("{[", rune(start[0])) {
		return r.notJSON(raw)
	}
	if errors.Is(syntax, jsontext.ErrDuplicateName) {
		return fmt.Sprintf("the answer of %s has the key %q twice in one object", r.base, r.text(syntax.JSONPointer.LastToken()))
	}
	return fmt.Sprintf("the answer of %s is not valid JSON at byte %d: %s", r.base, syntax.ByteOffset, r.text(syntax.Err.Error()))
}

// notJSON shows how an answer that is no JSON begins.
func (r *reporter) notJSON(raw []byte) string {
	const shown = 80
	start := []rune(r.start(string(raw[:min(len(raw), keptBytes)])))
	if len(start) > shown {
		start = append(start[:shown], '…')
	}
	if len(start) == 0 {
		return "The answer of " + r.base + " is empty: is DD_HOST or DD_SITE right?"
	}
	return fmt.Sprintf("The answer of %s is not JSON: is DD_HOST or DD_SITE right? It begins %q", r.base, string(start))
}

// forPeople writes path and query without escapes, behind which a key would not be seen.
func (r *reporter) forPeople(call call) string {
	path := call.path()
	if len(call.query) > 0 {
		path += "?" + call.query.Encode()
	}
	if readable, err := url.QueryUnescape(path); err == nil {
		path = readable
	}
	return r.text(path)
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
