package object

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/big"
	"slices"
	"strconv"
)

// SortedKeys returns the sorted keys of m.
func SortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// Decode decodes one JSON value to the types of Object.Body; numbers keep their digits.
func Decode(raw []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("unexpected data after the JSON value")
	}
	return v, nil
}

// Equal compares two values of a body: numbers by value (2 equals 2.0), everything else exactly.
func Equal(a, b any) bool {
	switch a := a.(type) {
	case map[string]any:
		bm, ok := b.(map[string]any)
		if !ok || len(a) != len(bm) {
			return false
		}
		for k, v := range a {
			w, ok := bm[k]
			if !ok || !Equal(v, w) {
				return false
			}
		}
		return true
	case []any:
		bl, ok := b.([]any)
		return ok && slices.EqualFunc(a, bl, Equal)
	case Text:
		bt, ok := b.(Text)
		return ok && slices.EqualFunc(a, bt, func(p, q Part) bool {
			return p.Literal == q.Literal && (p.Ref == nil) == (q.Ref == nil) && (p.Ref == nil || *p.Ref == *q.Ref)
		})
	case json.Number:
		bn, ok := b.(json.Number)
		return ok && NumbersEqual(a, bn)
	case Ref:
		br, ok := b.(Ref)
		return ok && a == br
	case nil, bool, string:
		switch b.(type) {
		case nil, bool, string:
			return a == b
		}
	}
	return false
}

// Float returns a number of a body or of a recorded document; false if v is not a number or exceeds float64.
func Float(v any) (float64, bool) {
	switch n := v.(type) {
	case json.Number:
		if f, err := n.Float64(); err == nil {
			return f, true
		}
	case float64:
		return n, true
	case int:
		return float64(n), true
	}
	return 0, false
}

// NumbersEqual compares numbers by value, exactly, whatever their notation.
func NumbersEqual(a, b json.Number) bool {
	if a == b {
		return true
	}
	return CanonicalNumber(a) == CanonicalNumber(b)
}

// CanonicalNumber formats a number so that equal numbers have the same notation. A string that is not a number or has
// an enormous exponent is returned unchanged.
func CanonicalNumber(n json.Number) string {
	if i, err := strconv.ParseInt(string(n), 10, 64); err == nil {
		return strconv.FormatInt(i, 10)
	}
	// Check the exponent first, because big.Rat writes all digits of the number.
	if f, err := strconv.ParseFloat(string(n), 64); err != nil || f != 0 && (f < 1e-300 && f > -1e-300) {
		return string(n)
	}
	r, ok := new(big.Rat).SetString(string(n))
	if !ok {
		return string(n)
	}
	return r.RatString()
}

// With returns a copy of body with the value at p set, creating missing objects. Only objects on the path are copied.
// It does not support steps into lists and returns body unchanged for them.
func With(body map[string]any, p Path, v any) map[string]any {
	if len(p) == 0 {
		return body
	}
	key, ok := p[0].(string)
	if !ok {
		return body
	}
	out := maps.Clone(body)
	if out == nil {
		out = make(map[string]any, 1)
	}
	if len(p) == 1 {
		out[key] = v
		return out
	}
	inner, _ := body[key].(map[string]any)
	out[key] = With(inner, p[1:], v)
	return out
}
