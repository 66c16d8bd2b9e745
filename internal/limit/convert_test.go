package limit

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

func numbers(n int, first string) cty.Value {
	base := cty.MustParseNumberVal(first)
	out := make([]cty.Value, n)
	for i := range out {
		out[i] = base.Add(cty.NumberIntVal(int64(i)))
	}
	return cty.TupleVal(out)
}

// TestConvert: what is within the limits is converted as cty does it.
func TestConvert(t *testing.T) {
	object := func(a cty.Value) cty.Value { return cty.ObjectVal(map[string]cty.Value{"a": a}) }
	values := []cty.Value{
		cty.StringVal("5"), cty.StringVal("x"), cty.NumberIntVal(5), cty.True, cty.NullVal(cty.String), cty.NullVal(cty.DynamicPseudoType), cty.UnknownVal(cty.String), cty.DynamicVal,
		cty.EmptyTupleVal, cty.EmptyObjectVal, numbers(3, "1"), cty.TupleVal([]cty.Value{cty.StringVal("5"), cty.NumberIntVal(5), cty.StringVal("6")}),
		cty.TupleVal([]cty.Value{numbers(2, "1"), numbers(2, "1")}), cty.TupleVal([]cty.Value{cty.NullVal(cty.Number), cty.UnknownVal(cty.Number)}), object(numbers(3, "7")),
		cty.TupleVal([]cty.Value{object(cty.StringVal("x")), object(cty.StringVal("x")), cty.EmptyObjectVal}), cty.SetVal([]cty.Value{cty.NumberIntVal(1), cty.NumberIntVal(2)}),
		cty.TupleVal([]cty.Value{cty.StringVal("x").Mark("m"), cty.StringVal("y")}), numbers(3, "1").Mark("m"), object(numbers(3, "7").Mark("m")), cty.ListValEmpty(cty.String),
	}
	types := []cty.Type{
		cty.String, cty.Number, cty.Bool, cty.DynamicPseudoType, cty.Set(cty.Number), cty.Set(cty.String), cty.Set(cty.DynamicPseudoType), cty.List(cty.Set(cty.String)),
		cty.Set(cty.Set(cty.Number)), cty.Map(cty.Set(cty.Number)), cty.Object(map[string]cty.Type{"a": cty.Set(cty.Number)}), cty.Tuple([]cty.Type{cty.Set(cty.Number), cty.List(cty.String)}),
		cty.Set(cty.ObjectWithOptionalAttrs(map[string]cty.Type{"a": cty.String, "b": cty.Number}, []string{"a", "b"})), cty.List(cty.DynamicPseudoType),
	}
	for _, v := range values {
		for _, typ := range types {
			want, wantErr := convert.Convert(v, typ)
			got, limitErr, err := NewMeter(t.Context()).Convert(v, typ)
			if limitErr != nil || fmt.Sprint(err) != fmt.Sprint(wantErr) || err == nil && !got.RawEquals(want) {
				t.Errorf("%#v to %#v: %#v %v %v, want %#v %v", v, typ, got, limitErr, err, want, wantErr)
			}
		}
	}
}

func TestConversionsThatTakeLong(t *testing.T) {
	digits := cty.StringVal("0." + strings.Repeat("7", 1_000_000))
	tiny := cty.MustParseNumberVal("1e-300")
	tinies := make([]cty.Value, 10_000)
	for i := range tinies {
		tinies[i] = tiny
	}
	for _, test := range []struct {
		name string
		from cty.Value
		to   cty.Type
		want string
	}{
		{"a long number", cty.StringVal("7." + strings.Repeat("7", 900)), cty.Number, ""},
		{"a number out of range", cty.StringVal("1e-400"), cty.Number, "Number out of range"},
		{"a text that looks like one", cty.StringVal("12e99999999"), cty.String, ""},
		{"digits", digits, cty.Number, "Number too long"},
		{"digits in a list", cty.TupleVal([]cty.Value{digits}), cty.List(cty.Number), "Number too long"},
		{"a long text", cty.StringVal(strings.Repeat("seven", 100_000)), cty.String, ""},
		{"small numbers", cty.TupleVal(tinies), cty.List(cty.String), "Evaluation takes too long"},
		{"small numbers that stay", cty.TupleVal(tinies), cty.List(cty.Number), ""},
		{"ids", numbers(2000, "123456789"), cty.Set(cty.Number), ""},
		{"account ids", numbers(1000, "123456789012"), cty.Set(cty.Number), ""},
		{"numbers of one hash", numbers(4000, "100000000000000000000"), cty.Set(cty.Number), "Evaluation takes too long"},
		{"numbers of one hash in a list", numbers(4000, "100000000000000000000"), cty.List(cty.Number), ""},
		{"texts that become such numbers", cty.TupleVal(texts(numbers(4000, "100000000000000000000"))), cty.Set(cty.Number), "Evaluation takes too long"},
		{"sets of sets", cty.TupleVal([]cty.Value{numbers(4000, "100000000000000000000")}), cty.Set(cty.Set(cty.Number)), "Evaluation takes too long"},
		{"one number many times", cty.TupleVal(slices.Repeat([]cty.Value{cty.NumberIntVal(1)}, 2000)), cty.Set(cty.Number), ""},
		{"set of small numbers", cty.TupleVal(tinies), cty.Set(cty.Number), "Evaluation takes too long"},
	} {
		_, limitErr, err := NewMeter(t.Context()).Convert(test.from, test.to)
		if got := summary(limitErr); got != test.want || err != nil {
			t.Errorf("%s: %q %v, want %q", test.name, got, err, test.want)
		}
	}
}

// TestNestedSets: looking at sets in sets takes no longer with each level than the level before.
func TestNestedSets(t *testing.T) {
	v := cty.SetVal([]cty.Value{cty.NumberIntVal(1)})
	for range 100 {
		v = cty.SetVal([]cty.Value{v})
	}
	if f := NewMeter(t.Context()).CheckValue(v); f != nil {
		t.Error(f)
	}
}

func texts(v cty.Value) []cty.Value {
	var out []cty.Value
	for _, n := range v.AsValueSlice() {
		out = append(out, cty.StringVal(n.AsBigFloat().Text('f', -1)))
	}
	return out
}

// TestConversionsOfNumerals: a string that becomes a number, and a number that becomes a string, costs steps and no
// memory, in every kind of collection. What keeps its type costs nothing.
func TestConversionsOfNumerals(t *testing.T) {
	text, number := cty.StringVal("12"), cty.NumberIntVal(12)
	for _, test := range []struct {
		from cty.Value
		to   cty.Type
		free bool
	}{
		{text, cty.Number, false}, {number, cty.String, false},
		{text.Mark("m"), cty.Number, false}, {number.Mark("m"), cty.String, false},
		{cty.TupleVal([]cty.Value{text}), cty.List(cty.Number), false}, {cty.ListVal([]cty.Value{number}), cty.List(cty.String), false},
		{cty.ObjectVal(map[string]cty.Value{"a": text}), cty.Map(cty.Number), false},
		{cty.ObjectVal(map[string]cty.Value{"a": text, "b": cty.True}), cty.Object(map[string]cty.Type{"a": cty.Number, "b": cty.Bool}), false},
		{cty.TupleVal([]cty.Value{cty.True, text}), cty.Tuple([]cty.Type{cty.Bool, cty.Number}), false},
		{text, cty.String, true}, {number, cty.Number, true}, {text, cty.Bool, true}, {cty.True, cty.String, true},
		{cty.NullVal(cty.String), cty.Number, true}, {cty.UnknownVal(cty.String), cty.Number, true},
		{cty.TupleVal([]cty.Value{text}), cty.List(cty.String), true}, {cty.EmptyTupleVal, cty.List(cty.Number), true},
		{cty.TupleVal([]cty.Value{text}), cty.Number, true}, {text, cty.List(cty.Number), true},
	} {
		m := NewMeter(t.Context())
		if f := m.numerals(test.from, test.to); f != nil || m.bytes != 0 || m.steps == 0 != test.free {
			t.Errorf("%#v to %#v: %d steps, %d bytes, %v", test.from, test.to, m.steps, m.bytes, f)
		}
	}
}

// TestSizeOfKeys: the keys of maps and objects take memory, those of lists and sets do not.
func TestSizeOfKeys(t *testing.T) {
	size := func(v cty.Value) int {
		s, f := NewMeter(t.Context()).Measure(v)
		if f != nil {
			t.Fatal(f)
		}
		return s.Bytes
	}
	long := strings.Repeat("k", 1001)
	one := func(key string) map[string]cty.Value { return map[string]cty.Value{key: cty.True} }
	for name, grown := range map[string]int{
		"object": size(cty.ObjectVal(one(long))) - size(cty.ObjectVal(one("k"))),
		"map":    size(cty.MapVal(one(long))) - size(cty.MapVal(one("k"))),
		"text":   size(cty.StringVal(long)) - size(cty.StringVal("k")),
		"in a list": size(cty.TupleVal([]cty.Value{cty.ObjectVal(one(long))})) -
			size(cty.TupleVal([]cty.Value{cty.ObjectVal(one("k"))})),
	} {
		if grown != 1000 {
			t.Errorf("%s: 1000 more characters take %d bytes", name, grown)
		}
	}
}
