package explain

import (
	"strings"
	"testing"

	"ddmon/internal/function"
)

// unexplained lists the functions of the catalogue that are shown by name because they have no short description.
var unexplained = map[string]bool{
	"throughput": true, "rollup": true, "calendar_shift": true, "percentile": true, "reduce": true,
	"anomalies": true, "outliers": true, "forecast": true, // these are explained as a whole query, never inside another
}

// TestCatalogueIsExplained: each function and modifier of the catalogue has a description.
func TestCatalogueIsExplained(t *testing.T) {
	explained := func(part string) bool {
		sections, err := Query("query alert", "avg(last_5m):"+part+" > 1")
		if err != nil {
			t.Fatal(err)
		}
		return !strings.Contains(show(sections), "`")
	}
	for i := range function.All() {
		f := &function.All()[i]
		if got := explained("abs(" + f.Example() + "(avg:m{*}" + strings.Repeat(", 60", f.Args-1) + "))"); got == unexplained[f.Name] {
			t.Errorf("%s is explained: %v", f.Example(), got)
		}
	}
	for _, name := range function.Modifiers() {
		if !explained("avg:m{*}." + name + "(60)") {
			t.Errorf(".%s() is not explained", name)
		}
	}
}
