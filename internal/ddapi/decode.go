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

// reading is an answer being decoded, into the shapes of object.Object.Body: numbers keep their digits. Its decoder
// refuses objects that have a key twice. Half a surrogate pair, as a title that was cut may end with, becomes U+FFFD, as
// does what is not UTF-8: one such object of another stack must not keep the rest from being read.
type reading struct {
	m *meter
	d *jsontext.Decoder
	// weight estimates, upwards, the memory of what was decoded since the last object ended, without the text.
	weight int64
}

// beginning is how much of an answer is read at once, in bytes, so that an error can show how it begins.
const beginning = 4096

func newReading(m *meter) *reading {
	return &reading{m: m, d: jsontext.NewDecoder(bufio.NewReaderSize(m, beginning), jsontext.AllowInvalidUTF8(true))}
}

// What a decoded value needs besides its text, in bytes.
const (
	itemWeight   = 64
	memberWeight = 128
	objectWeight = 320
)

// begins checks of what kind the next value is. What is the value's name in an error. Text that is not JSON is left to
// the one who reads it.
func (r *reading) begins(what string, want jsontext.Kind) error {
	if got := r.d.PeekKind(); got != want && kindOfToken(got) != "" {
		return wrongShape("%s is %s, not %s", what, kindOfToken(got), kindOfToken(want))
	}
	return nil
}

// object reads the next value, which has to be an object. What is its name in an error.
func (r *reading) object(what string) (map[string]any, error) {
	if err := r.begins(what, '{'); err != nil {
		return nil, err
	}
	v, err := r.value(1)
	o, _ := v.(map[string]any)
	return o, err
}

// value reads the next value.
func (r *reading) value(depth int) (any, error) {
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

// members reads the rest of an object.
func (r *reading) members(depth int) (map[string]any, error) {
	if err := r.goDown(depth); err != nil {
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

// key reads the key of a member.
func (r *reading) key() (string, error) {
	token, err := r.d.ReadToken()
	if err != nil {
		return "", err
	}
	return token.String(), r.add(memberWeight)
}

// items reads the rest of a list.
func (r *reading) items(depth int) ([]any, error) {
	if err := r.goDown(depth); err != nil {
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

func (r *reading) goDown(depth int) error {
	if depth > maxDepth {
		return exceeds("is nested more than %d deep", maxDepth)
	}
	return nil
}

func (r *reading) add(weight int64) error {
	r.weight += weight
	return r.m.allow(r.m.object + r.weight)
}

// number keeps the digits of a number that a float64 can hold. With a larger one nothing could be done, and an exponent
// can make a short text enormous.
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
		return "", exceeds("holds a number that is too large or too small: %s", shorten(text, 40))
	}
	return json.Number(text), nil
}

// each reads a list of objects one by one, so that a large answer is never in memory as a whole. What is the list's
// name in an error. use is given each object with its weight.
func (r *reading) each(what string, use func(o map[string]any, weight int64) error) error {
	if err := r.begins(what, '['); err != nil {
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

// listName is how a list is called in a sentence about one of its items.
func listName(what string) string {
	if what == "it" {
		return "its list"
	}
	return what
}

// eachUnder reads the list under a key of an object, and past the rest.
func (r *reading) eachUnder(key string, use func(o map[string]any, weight int64) error) error {
	if err := r.begins("it", '{'); err != nil {
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
			_, err = r.value(1)
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

// end checks that nothing follows.
func (r *reading) end() error {
	switch _, err := r.d.ReadToken(); {
	case err == nil:
		return wrongShape("more follows its end")
	case !errors.Is(err, io.EOF):
		return err
	}
	return nil
}

// anyObject reads an object of no interest: that it is one shows that Datadog answered, and no proxy or portal.
func anyObject(r *reading) error {
	_, err := r.object("it")
	return err
}

// nothing reads an answer without a body.
func nothing(*reading) error { return nil }

// document reads a text that holds one value and nothing else.
func document(raw []byte) (any, error) {
	r := newReading(&meter{from: strings.NewReader(string(raw)), limit: maxErrorBody})
	v, err := r.value(1)
	if err == nil {
		err = r.end()
	}
	return v, err
}
