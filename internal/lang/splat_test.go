package lang

import (
	"strings"
	"testing"
)

// TestSplatOnABlock: only a splat on a block itself is one on a map.
func TestSplatOnABlock(t *testing.T) {
	for source, want := range map[string]bool{
		`monitor.o[*].id`: true, `(monitor.o)[*].id`: true, `monitor.o.*.id`: true, `[monitor.o[*].id]`: true,
		`monitor.o.id[*]`: false, `values(monitor.o)[*].id`: false, `var.s[*]`: false, `[var.s][*]`: false, `monitor[*]`: false,
	} {
		_, diags := evaluateIn(t, newTestScope(nil), source)
		if got := strings.Contains(describe(diags), "Splat on a map: monitor.o is a map"); got != want {
			t.Errorf("%s: %s", source, describe(diags))
		}
	}
}
