package kind

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/object"
)

func TestMergeExtra(t *testing.T) {
	for name, test := range map[string][2]string{
		"nothing to do":        {`{"a":[1,{"b":null}]}`, `{"a":[1,{"b":null}]}`},
		"at the top":           {`{"a":1,"extra":{"b":2}}`, `{"a":1,"b":2}`},
		"deep":                 {`{"a":[{"x":{"extra":{"b":2},"c":3}},4]}`, `{"a":[{"x":{"b":2,"c":3}},4]}`},
		"extra inside extra":   {`{"extra":{"b":{"extra":{"c":1}}}}`, `{"b":{"c":1}}`},
		"a field called extra": {`{"extra":{"extra":5,"a":1}}`, `{"extra":5,"a":1}`},
		"what stands wins":     {`{"a":1,"extra":{"a":2}}`, `{"a":1}`},
		"empty":                {`{"extra":{}}`, `{}`},
		"extra is no object":   {`{"extra":5}`, `{"extra":5}`},
		"a list at the top":    {`[{"extra":{"a":1}}]`, `[{"a":1}]`},
		"a number at the top":  {`5`, `5`},
	} {
		in, err := object.Decode([]byte(test[0]))
		if err != nil {
			t.Fatal(err)
		}
		want, err := object.Decode([]byte(test[1]))
		if err != nil {
			t.Fatal(err)
		}
		got := MergeExtra(in)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(got, MergeExtra(got)); diff != "" {
			t.Errorf("%s: merging again changes it: %s", name, diff)
		}
		again, _ := object.Decode([]byte(test[0]))
		if diff := cmp.Diff(again, in); diff != "" {
			t.Errorf("%s: the argument was changed: %s", name, diff)
		}
	}
}

func TestMergeExtraSharesWhatItCan(t *testing.T) {
	body, err := object.Decode([]byte(typicalMonitor))
	if err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(10, func() { MergeExtra(body) }); n > 0 {
		t.Errorf("%v allocations for a body without extra", n)
	}
}
