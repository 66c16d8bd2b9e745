package evaluate

import (
	"testing"

	"ddmon/internal/ddquery"
)

func FuzzSearch(f *testing.F) {
	for _, seed := range []string{"a b", `"x y"`, "@a.b:>1", "@a:[1 TO *]", "-(a OR b:c*)", "CIDR(@a,10.0.0.0/8)", "*:x?", `\*\?`, "é* OR @x:\xff"} {
		f.Add(seed, "message é \xff x")
	}
	f.Fuzz(func(t *testing.T, query, message string) {
		s, err := ddquery.ParseSearch(query)
		if err != nil {
			return
		}
		match, err := CompileSearch(s)
		if err != nil {
			return
		}
		d := exampleLog()
		d.Log.Message = message
		if first := match(d); first != match(d) {
			t.Error("the same search of the same log has two results")
		}
	})
}
