package kind

import (
	"encoding/json"
	"math/big"
	"strconv"
	"strings"

	"ddmon/internal/object"
)

// Convert converts the scalars and references in a value to the types of their fields, as HCL does, where nothing is lost:
// "3" becomes 3 where a number is expected and 3 becomes "3" where a string is, likewise "true" and true, at any depth.
// YAML, CSV, variables and environments give strings for all of them. A reference to an object whose ids are numbers
// becomes a number where one is expected. What cannot be converted stays, for Check to report. v is not changed; parts
// without a conversion are shared with it.
func (t *Type) Convert(v any) any {
	converted, _ := t.convert(v)
	return converted
}

// convert is Convert, and reports whether anything was converted.
func (t *Type) convert(v any) (any, bool) {
	if t == nil || v == nil {
		return v, false
	}
	if t.Shape == Union {
		t = t.variantFor(v)
		if t == nil {
			return v, false
		}
	}
	switch v := v.(type) {
	case []any:
		if t.Shape == List {
			return t.convertList(v)
		}
	case map[string]any:
		return t.convertObject(v)
	case object.Text, object.Ref:
		if converted := t.reference(v); converted != nil {
			return converted, true
		}
	default:
		if converted := t.scalar(v); converted != nil {
			return converted, true
		}
	}
	return v, false
}

func (t *Type) convertList(list []any) (any, bool) {
	var out []any
	for i, e := range list {
		converted, changed := t.Elem.convert(e)
		if !changed {
			continue
		}
		if out == nil {
			out = append(out, list...)
		}
		out[i] = converted
	}
	if out == nil {
		return list, false
	}
	return out, true
}

func (t *Type) convertObject(in map[string]any) (any, bool) {
	var out map[string]any
	for key, e := range in {
		f := t.Field(key, in)
		if f == nil {
			continue
		}
		converted, changed := f.Type.convert(e)
		if !changed {
			continue
		}
		if out == nil {
			out = make(map[string]any, len(in))
			for key, e := range in {
				out[key] = e
			}
		}
		out[key] = converted
	}
	if out == nil {
		return in, false
	}
	return out, true
}

// variantFor returns the variant of a union that a value has or, for a scalar that has none, can be converted to.
func (t *Type) variantFor(v any) *Type {
	if variant := t.Resolve(v); variant != nil {
		return variant
	}
	for _, variant := range t.Variants {
		if variant.scalar(v) != nil {
			return variant
		}
	}
	return nil
}

// scalar converts a scalar to a type; nil if it has the type already or cannot be converted without loss.
func (t *Type) scalar(v any) any {
	switch v := v.(type) {
	case string:
		switch t.Shape {
		case Number, Integer:
			if n, ok := numberOf(v); ok && (t.Shape == Number || isInteger(n)) {
				return n
			}
		case Bool:
			switch v { // those that HCL converts
			case "true", "1":
				return true
			case "false", "0":
				return false
			}
		default:
		}
	case json.Number:
		if t.Shape == String {
			if text, ok := decimal(string(v)); ok {
				return text
			}
		}
	case bool:
		if t.Shape == String {
			return strconv.FormatBool(v)
		}
	}
	return nil
}

// reference converts a reference to a type; nil if it has the type already or cannot be converted.
func (t *Type) reference(v any) any {
	switch v := v.(type) {
	case object.Text:
		if (t.Shape == Number || t.Shape == Integer) && len(v) == 1 && v[0].Ref != nil {
			if hasNumericIDs(v[0].Ref.Kind) {
				return object.Ref{Of: *v[0].Ref}
			}
		}
	case object.Ref:
		if t.Shape == String {
			return object.Text{{Ref: &v.Of}}
		}
	}
	return nil
}

// longestNumber is how many characters a converted number may have.
const longestNumber = 100

// numberOf reads a number as HCL does: decimal, with an optional sign, fraction and exponent.
func numberOf(text string) (json.Number, bool) {
	if isNumber(text) && len(text) <= longestNumber {
		return json.Number(text), true
	}
	written, ok := decimal(text) // "+5", "05" and ".5" are numbers, but not as JSON writes them
	return json.Number(written), ok
}

// decimal writes a number without an exponent. It is false for what is not a number, or has too many digits.
func decimal(number string) (string, bool) {
	if number == "" || len(number) > longestNumber || strings.Trim(number, "0123456789+-.eE") != "" {
		return "", false
	}
	if f, err := strconv.ParseFloat(number, 64); err != nil || f != 0 && (f < 1e-30 && f > -1e-30 || f > 1e30 || f < -1e30) {
		return "", false // big.Float would write out its exponent
	}
	f, _, err := big.ParseFloat(number, 10, 512, big.ToNearestEven)
	if err != nil {
		return "", false
	}
	return f.Text('f', -1), true
}
