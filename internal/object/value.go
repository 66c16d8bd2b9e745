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

// SortedKeys returns the keys of m in order.
func SortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// Decode reads one JSON value into the shapes of Object.Body; numbers keep their digits.
func Decode(raw []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("text follows the JSON value")
	}
	return v, nil
}

// Equal compares two values of a body: numbers as numbers (2 is 2.0), everything else exactly.
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

// Float reads a number of a body or of a recorded document; 0 and false if v is none, or none that a float64 holds.
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

// CanonicalNumber writes a number in the one notation that all numbers of the same value share. Text that is no
// number, or whose exponent would make it enormous, is returned as it is.
func CanonicalNumber(n json.Number) string {
	if i, err := strconv.ParseInt(string(n), 10, 64); err == nil {
		return strconv.FormatInt(i, 10)
	}
	// The exponent is bounded before big.Rat writes the number out digit by digit.
	if f, err := strconv.ParseFloat(string(n), 64); err != nil || f != 0 && (f < 1e-300 && f > -1e-300) {
		return string(n)
	}
	r, ok := new(big.Rat).SetString(string(n))
	if !ok {
		return string(n)
	}
	return r.RatString()
}

// With returns body with the value at p set, copying only what lies on the way; objects that are missing there are
// made. Steps into lists are not supported and leave body as it is.
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
