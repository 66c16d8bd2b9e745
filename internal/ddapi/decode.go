package ddapi

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// responseReader decodes a response into the types of object.Object.Body: numbers keep their digits. It rejects objects
// with duplicate keys. Invalid UTF-8 and unpaired surrogates, such as at the end of a truncated title, become U+FFFD:
// one malformed object of another stack must not prevent reading the rest.
type responseReader struct {
	m *meter
	d *jsontext.Decoder
	// weight is an upper estimate of the memory of the values decoded since the last object ended, without the JSON
	// itself.
	weight int64
}

// bufferSize is how many bytes of a response are read at once, so that an error can show its beginning.
const bufferSize = 4096

func newResponseReader(m *meter) *responseReader {
	return &responseReader{m: m, d: jsontext.NewDecoder(bufio.NewReaderSize(m, bufferSize), jsontext.AllowInvalidUTF8(true))}
}

// The memory of a decoded value in addition to its text, in bytes.
const (
	itemWeight   = 64
	memberWeight = 128
	objectWeight = 320
)

// expect checks the kind of the next value, which errors call what. It leaves invalid JSON to the caller.
func (r *responseReader) expect(what string, want jsontext.Kind) error {
	if got := r.d.PeekKind(); got != want && kindOfToken(got) != "" {
		return wrongShape("%s is %s, not %s", what, kindOfToken(got), kindOfToken(want))
	}
	return nil
}

// object reads the next value, which must be an object and which errors call what.
func (r *responseReader) object(what string) (map[string]any, error) {
	if err := r.expect(what, '{'); err != nil {
		return nil, err
	}
	v, err := r.value(1)
	o, _ := v.(map[string]any)
	return o, err
}

// value reads the next value.
func (r *responseReader) value(depth int) (any, error) {
	token, err := r.d.ReadToken()
	if err != nil {
		return nil, err
	}
	if err := r.add(itemWeight); err != nil {
		return nil, err
	}
	switch token.Kind() {
	case '{':
		return r.members(depth)
	case '[':
		return r.items(depth)
	case '"':
		return token.String(), nil
	case '0':
		return number(token.String())
	case 't', 'f':
		return token.Bool(), nil
	default: // null
		return nil, nil
	}
}

// members reads the members of an object.
func (r *responseReader) members(depth int) (map[string]any, error) {
	if err := r.checkDepth(depth); err != nil {
		return nil, err
	}
	out := make(map[string]any)
	if err := r.add(objectWeight); err != nil {
		return nil, err
	}
	for r.d.PeekKind() != '}' {
		key, err := r.key()
		if err != nil {
			return nil, err
		}
		if out[key], err = r.value(depth + 1); err != nil {
			return nil, err
		}
	}
	_, err := r.d.ReadToken()
	return out, err
}

// key reads a key.
func (r *responseReader) key() (string, error) {
	token, err := r.d.ReadToken()
	if err != nil {
		return "", err
	}
	return token.String(), r.add(memberWeight)
}

// items reads the items of a list.
func (r *responseReader) items(depth int) ([]any, error) {
	if err := r.checkDepth(depth); err != nil {
		return nil, err
	}
	out := []any{}
	for r.d.PeekKind() != ']' {
		v, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	_, err := r.d.ReadToken()
	return out, err
}

func (r *responseReader) checkDepth(depth int) error {
	if depth > maxDepth {
		return exceeds("is nested more than %d levels deep", maxDepth)
	}
	return nil
}

func (r *responseReader) add(weight int64) error {
	r.weight += weight
	return r.m.allow(r.m.object + r.weight)
}

// number keeps the digits of a number that a float64 can hold. Larger ones are useless, and an exponent can make a
// short number enormous.
func number(text string) (json.Number, error) {
	const longest, largestExponent = 100, 400
	mantissa, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	size := 0
	if exponent != "" {
		var err error
		if size, err = strconv.Atoi(exponent); err != nil {
			size = largestExponent + 1
		}
	}
	_, err := strconv.ParseFloat(text, 64)
	if err != nil || len(mantissa) > longest || size > largestExponent || size < -largestExponent {
		return "", exceeds("contains a number that is too large or too small: %s", shorten(text, 40))
	}
	return json.Number(text), nil
}

// each reads a list of objects one by one, so that a large response is never in memory as a whole. Errors call the list
// what. use is called with each object and its weight.
func (r *responseReader) each(what string, use func(o map[string]any, weight int64) error) error {
	if err := r.expect(what, '['); err != nil {
		return err
	}
	if _, err := r.d.ReadToken(); err != nil {
		return err
	}
	for i := 1; r.d.PeekKind() != ']'; i++ {
		from := r.d.InputOffset()
		o, err := r.object(fmt.Sprintf("item %d of %s", i, listName(what)))
		if err != nil {
			return err
		}
		if err := use(o, r.weight+r.d.InputOffset()-from); err != nil {
			return err
		}
		r.weight, r.m.object = 0, 0
	}
	_, err := r.d.ReadToken()
	return err
}

// listName is the name of a list in an error about one of its items.
func listName(what string) string {
	if what == "it" {
		return "its list"
	}
	return what
}

// eachUnder reads the list under a key of an object, and skips the rest.
func (r *responseReader) eachUnder(key string, use func(o map[string]any, weight int64) error) error {
	if err := r.expect("it", '{'); err != nil {
		return err
	}
	if _, err := r.d.ReadToken(); err != nil {
		return err
	}
	found := false
	for r.d.PeekKind() != '}' {
		got, err := r.key()
		switch {
		case err != nil:
			return err
		case got == key:
			found = true
			err = r.each(strconv.Quote(key), use)
		default:
			var v any
			if v, err = r.value(1); err == nil {
				err = reportedUnder(got, v)
			}
		}
		if err != nil {
			return err
		}
	}
	if _, err := r.d.ReadToken(); err != nil {
		return err
	}
	if !found {
		return wrongShape("it has no %q", key)
	}
	return nil
}

// end checks that no data follows.
func (r *responseReader) end() error {
	switch _, err := r.d.ReadToken(); {
	case err == nil:
		return wrongShape("data follows the end of the JSON document")
	case !errors.Is(err, io.EOF):
		return err
	}
	return nil
}

// anyObject reads and discards an object. It shows that the response is Datadog's, not a proxy's.
func anyObject(r *responseReader) error {
	_, err := r.response()
	return err
}

// response reads a response that is an object and reports no error.
func (r *responseReader) response() (map[string]any, error) {
	response, err := r.object("it")
	if err != nil {
		return nil, err
	}
	for key, v := range response {
		if err := reportedUnder(key, v); err != nil {
			return nil, err
		}
	}
	return response, nil
}

// emptyBody reads a response without a body.
func emptyBody(*responseReader) error { return nil }

// parseJSON parses a JSON document.
func parseJSON(raw []byte) (any, error) {
	r := newResponseReader(&meter{from: strings.NewReader(string(raw)), limit: maxErrorBody})
	v, err := r.value(1)
	if err == nil {
		err = r.end()
	}
	return v, err
}
