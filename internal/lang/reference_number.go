package lang

import (
	"fmt"
	"hash/fnv"
	"math/big"
	"strconv"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"

	"ddmon/internal/object"
)

// The result of tonumber for an id is a number whose digits are a sentinel: numberOpen, which no configuration
// contains, then the number of the object and a checksum, each of numberWidth digits. A number computed from it does
// not match the checksum but keeps the refMark: the id decided it.
const (
	numberOpen  = "842603957114802269351770"
	numberWidth = 10
	// numberBits is the minimum number of bits of such a number.
	numberBits = 100
)

func numberSentinel(n int) string {
	return fmt.Sprintf("%s%0*d%0*d", numberOpen, numberWidth, n, numberWidth, checksum(n))
}

func checksum(n int) uint64 {
	h := fnv.New64a()
	_, _ = fmt.Fprint(h, n) // writing to a hash does not fail
	return h.Sum64() % 10_000_000_000
}

// normalizeNumbers replaces number sentinels in a string by string sentinels. It is false if one is incomplete.
func (r *References) normalizeNumbers(s string) (string, bool) {
	if !strings.Contains(s, numberOpen) {
		return s, true
	}
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, numberOpen)
		b.WriteString(before)
		if !found {
			return b.String(), true
		}
		if len(after) < 2*numberWidth {
			return "", false
		}
		n, err := strconv.Atoi(after[:numberWidth])
		if err != nil || n >= len(r.addresses) || numberOpen+after[:2*numberWidth] != numberSentinel(n) {
			return "", false
		}
		b.WriteString(sentinel(n))
		s = after[2*numberWidth:]
	}
}

// ofNumber returns the object whose id a number is; false if the number is not an id.
func (r *References) ofNumber(f *big.Float) (object.Address, bool) {
	if !f.IsInt() || f.MantExp(nil) < numberBits {
		return object.Address{}, false
	}
	return r.ofText(f.Text('f', 0))
}

// ofText returns the object whose id a string is; false if the string is anything else.
func (r *References) ofText(s string) (object.Address, bool) {
	t, ok := r.split(s)
	if !ok || len(t) != 1 || t[0].Ref == nil {
		return object.Address{}, false
	}
	return *t[0].Ref, true
}

// toNumber is the function tonumber, which also converts ids.
func (r *References) toNumber() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "v", Type: cty.DynamicPseudoType, AllowNull: true, AllowMarked: true, AllowDynamicType: true}},
		Type:   function.StaticReturnType(cty.Number),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			v, marks := args[0].Unmark()
			if v.Type() == cty.String && v.IsKnown() && !v.IsNull() {
				if a, ok := r.ofText(v.AsString()); ok && r.numeric[r.numbers[a]] {
					n, err := cty.ParseNumberVal(numberSentinel(r.numbers[a]))
					return n.WithMarks(marks), err
				}
			}
			number, err := convert.Convert(v, cty.Number)
			if err != nil {
				return cty.NilVal, function.NewArgErrorf(0, "cannot convert %s to number: %s", v.Type().FriendlyName(), err)
			}
			return number.WithMarks(marks), nil
		},
	})
}

// asTexts converts number sentinels in a value to string sentinels, at any depth: formatting could round a number.
func (r *References) asTexts(v cty.Value) cty.Value {
	out, err := cty.Transform(v, func(_ cty.Path, v cty.Value) (cty.Value, error) {
		if v.Type() != cty.Number || !v.IsKnown() || v.IsNull() {
			return v, nil
		}
		bare, marks := v.Unmark()
		if a, ok := r.ofNumber(bare.AsBigFloat()); ok {
			return cty.StringVal(sentinel(r.numbers[a])).WithMarks(marks), nil
		}
		return v, nil
	})
	if err != nil {
		return v // the elements of a list must have the same type
	}
	return out
}
