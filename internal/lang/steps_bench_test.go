package lang

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/limit"
)

// shapes are arguments that can be expensive for a function.
func shapes() map[string]cty.Value {
	const n = 900
	texts, numbers, objects, unlike, lists := make([]cty.Value, n), make([]cty.Value, n), make([]cty.Value, n), make([]cty.Value, n), make([]cty.Value, n/30)
	mapped := map[string]cty.Value{}
	for i := range n {
		texts[i] = cty.StringVal(fmt.Sprintf("k%d-%d", i%100, i))
		numbers[i] = cty.NumberIntVal(int64(i))
		objects[i] = cty.ObjectVal(map[string]cty.Value{"a": numbers[i], "b": texts[i]})
		unlike[i] = cty.ObjectVal(map[string]cty.Value{fmt.Sprintf("a%d", i): numbers[i]})
		mapped[texts[i].AsString()] = texts[i]
	}
	for i := range lists {
		lists[i] = cty.ListVal(texts[30*i : 30*i+30])
	}
	listed := map[string]cty.Value{}
	for i, l := range lists {
		listed[fmt.Sprint(i)] = l
	}
	return map[string]cty.Value{
		"text": cty.StringVal(strings.Repeat("some words, a-b\n", n)), "texts": cty.ListVal(texts), "numbers": cty.ListVal(numbers), "tuple": cty.TupleVal(texts),
		"numbers in a tuple": cty.TupleVal(numbers), "mixed tuple": cty.TupleVal(slices.Concat(texts, numbers)), "map": cty.MapVal(mapped), "object": cty.ObjectVal(mapped),
		"set": cty.SetVal(texts), "set of numbers": cty.SetVal(numbers), "set of objects": cty.SetVal(objects[:100]), "objects": cty.ListVal(objects), "objects in a tuple": cty.TupleVal(objects),
		"unlike objects": cty.TupleVal(unlike[:100]), "lists": cty.ListVal(lists), "lists in a tuple": cty.TupleVal(lists), "map of lists": cty.MapVal(listed),
		"object of lists": cty.ObjectVal(listed),
		"bools":           cty.ListVal(slices.Repeat([]cty.Value{cty.True}, n)),
		"json":            cty.StringVal("[" + strings.Repeat(`{"a":1,"b":{"c":["d"]}},`, n/3) + "1]"), "json of lists": cty.StringVal("[" + strings.Repeat(`[],`, n) + "1]"),
		"json object": cty.StringVal("{" + strings.Join(numbered(`"k%d":[]`, n), ",") + "}"),
		"yaml":        cty.StringVal(strings.Repeat("- {a: 1, b: {c: [d]}}\n", n/3)), "yaml of texts": cty.StringVal(strings.Repeat("- a\n", n)),
		"yaml object": cty.StringVal(strings.Join(numbered("k%d: []", n), "\n")), "csv": cty.StringVal("a,b\n" + strings.Repeat("1,2\n", n)),
		"csv of columns": cty.StringVal(strings.Repeat(strings.Join(numbered("c%d", 300), ",")+"\n", 30)),
	}
}

func numbered(format string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf(format, i)
	}
	return out
}

// plain are arguments that are cheap for every function.
func plain() map[string]cty.Value {
	return map[string]cty.Value{
		"%s": cty.StringVal("%s"), "7": cty.NumberIntVal(7), "100000": cty.NumberIntVal(100000), `","`: cty.StringVal(","), `"/[a-z](.?)/"`: cty.StringVal("/[a-z](.?)/"),
		"[x]": cty.ListVal([]cty.Value{cty.StringVal("x")}), "{}": cty.EmptyObjectVal, "null": cty.NullVal(cty.DynamicPseudoType),
	}
}

// BenchmarkSteps says what a step of each function takes at worst, and with which arguments: about 300 ns, so that all
// that
// limit.MaxSteps allows end in two seconds. What is far above is charged too little in internal/limit.
func BenchmarkSteps(b *testing.B) {
	l := testLibrary()
	big, small := shapes(), plain()
	table := l.functions(nil)
	for _, name := range slices.Sorted(maps.Keys(table)) {
		if handlesIDs[name] || strings.HasPrefix(name, "file") {
			continue
		}
		b.Run(name, func(b *testing.B) {
			var worst float64
			var by string
			try := func(label string, args ...cty.Value) {
				m := limit.NewMeter(context.Background())
				best := time.Duration(1 << 62)
				l.meter = m
				f := l.guard(name, pure()[name])
				var before int
				for n := range 2 {
					if n > 0 && best > 20*time.Millisecond {
						break
					}
					before = m.Steps()
					begin := time.Now()
					_, err := f.Call(args)
					best = min(best, time.Since(begin))
					if err != nil && m.Err() == nil && best < time.Millisecond {
						return
					}
				}
				ratio := float64(best.Nanoseconds()) / float64(m.Steps()-before)
				if best > time.Millisecond && ratio > worst {
					worst, by = ratio, name+"("+label+")"
				}
			}
			params, open := len(pure()[name].Params()), pure()[name].VarParam() != nil
			takes := func(n int) bool { return n == params || n > params && open }
			for b.Loop() {
				for x, v := range big {
					if takes(1) {
						try(x, v)
					}
					if takes(2) {
						try(x+", the same", v, v)
					}
					for y, w := range small {
						if takes(2) {
							try(x+", "+y, v, w)
							try(y+", "+x, w, v)
						}
						if takes(3) {
							try(x+", "+y+", "+y, v, w, w)
							try(y+", "+x+", "+y, w, v, w)
							try(y+", "+y+", "+x, w, w, v)
							try(x+", the same, "+y, v, v, w)
							try(y+", "+x+", the same", w, v, v)
						}
					}
				}
			}
			b.ReportMetric(worst, "ns/step")
			b.Log(by)
		})
	}
}
