package diag_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
)

// TestShow: both texts are checked, and the diagnostics that were given keep theirs.
func TestShow(t *testing.T) {
	given := hcl.Diagnostics{diag.Error("code", "Invalid hunter2", "Not hunter2.", hcl.Range{Filename: "f"})}
	shown := diag.Show(given, func(s string) string { return strings.ReplaceAll(s, "hunter2", "(hidden)") }).List()
	if len(shown) != 1 || shown[0].Summary != "Invalid (hidden)" || shown[0].Detail != "Not (hidden)." || diag.Code(shown[0]) != "code" || shown[0].Subject.Filename != "f" {
		t.Errorf("%v", shown)
	}
	if given[0].Summary != "Invalid hunter2" {
		t.Error("the given diagnostic was changed")
	}
	if list := (diag.Shown{}).List(); len(list) != 0 {
		t.Error(list)
	}
}
