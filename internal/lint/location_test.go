package lint

import (
	"testing"

	"ddmon/internal/object"
)

// FuzzShown: a range of a filled text maps to a valid range of the string that String returns. If it touches no
// reference, both ranges contain the same text.
func FuzzShown(f *testing.F) {
	f.Add("a ", " && ", 0, 3)
	f.Add("", "", 2, 40)
	f.Fuzz(func(t *testing.T, before, after string, from, to int) {
		a := object.Address{Kind: "monitor", Name: "m"}
		text := object.Text{{Literal: before}, {Ref: &a}, {Literal: after}}
		ids := newPlaceholders(nil)
		filled, _ := ids.fill(text).(string)
		from, to = min(max(from, 0), len(filled)), min(max(to, 0), len(filled))
		if from > to {
			from, to = to, from
		}
		shown := text.String()
		outFrom, outTo := ids.shown(text, from, to)
		if outFrom < 0 || outFrom > outTo || outTo > len(shown) {
			t.Fatalf("[%d,%d) of %q becomes [%d,%d) of %q", from, to, filled, outFrom, outTo, shown)
		}
		digits := len(before) + len(ids.of(a))
		if to <= len(before) || from >= digits {
			if got := shown[outFrom:outTo]; got != filled[from:to] {
				t.Errorf("%q becomes %q", filled[from:to], got)
			}
		} else if got := shown[outFrom:outTo]; from == len(before) && to == digits && got != "${monitor.m.id}" {
			t.Errorf("the reference becomes %q", got)
		}
	})
}

// TestUnfill: unfill replaces a placeholder with its address and leaves similar numbers unchanged.
func TestUnfill(t *testing.T) {
	ids := newPlaceholders(nil)
	digits := ids.of(object.Address{Kind: "monitor", Name: "m"})
	got := ids.unfill("a query does not start with " + digits + " or 9000000000000000099")
	if want := "a query does not start with monitor.m or 9000000000000000099"; got != want {
		t.Errorf("got %q", got)
	}
}
