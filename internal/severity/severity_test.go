package severity_test

import (
	"testing"

	"ddmon/internal/severity"
)

func TestLevels(t *testing.T) {
	last := severity.Level(-1)
	for _, test := range []struct {
		level severity.Level
		want  string
	}{{severity.Error, "error"}, {severity.Warning, "warning"}, {severity.Info, "info"}} {
		if got := test.level.String(); got != test.want || test.level <= last {
			t.Errorf("%d is %q, want %q, after %d", test.level, got, test.want, last)
		}
		last = test.level
	}
}
