package limit

import (
	"slices"
	"testing"

	"github.com/zclconf/go-cty/cty"
)

// TestShortcutArguments: a shortcut leaves a call with the wrong number of arguments, or with an argument that is null,
// unknown or marked, to the function.
func TestShortcutArguments(t *testing.T) {
	text, list := cty.StringVal("a"), cty.ListVal([]cty.Value{cty.StringVal("a"), cty.StringVal("b")})
	object := cty.ObjectVal(map[string]cty.Value{"a": cty.True})
	good := map[string][]cty.Value{"contains": {list, text}, "index": {list, text}, "length": {list}, "lookup": {object, text, cty.False}}
	if len(good) != len(shortcuts) {
		t.Fatalf("%d shortcuts", len(shortcuts))
	}
	for name, shortcut := range shortcuts {
		args := good[name]
		if _, steps := shortcut(args); steps == 0 {
			t.Errorf("%s has no shortcut for %#v", name, args)
		}
		for n := range 6 {
			wants := n == len(args) || name == "lookup" && n == 2
			all := append(slices.Clone(args), text, text, text, text, text)[:n]
			if _, steps := shortcut(all); steps > 0 != wants {
				t.Errorf("%s with %d arguments takes %d steps", name, n, steps)
			}
		}
		for i := range min(len(args), 2) { // the default of a lookup can be anything
			for _, bad := range []cty.Value{cty.NullVal(args[i].Type()), cty.UnknownVal(args[i].Type()), args[i].Mark("m"), cty.DynamicVal, cty.NullVal(cty.DynamicPseudoType)} {
				all := slices.Clone(args)
				all[i] = bad
				if v, steps := shortcut(all); steps > 0 {
					t.Errorf("%s of %#v has the shortcut %#v", name, all, v)
				}
			}
		}
	}
}
