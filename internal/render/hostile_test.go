package render_test

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"ddmon/internal/render/hostile"
	"ddmon/internal/render/safe"
	"ddmon/internal/render/terminal"
)

// shows is a terminal renderer, called with text from outside in every field.
type shows func(w io.Writer, o outside, s safe.Style) error

// terminals are all terminal renderers, by the names of their golden files.
func terminals() map[string]shows {
	return map[string]shows{
		"plan": func(w io.Writer, o outside, s safe.Style) error {
			p := o.changes()
			return terminal.Plan(w, terminal.View{Plan: shownPlan(p), ValidatedLater: p.Changes[0].ReferredBy, Effects: o.behaviour(), Now: noon()}, s)
		},
		"plan_base": func(w io.Writer, o outside, s safe.Style) error {
			p := o.changes()
			return terminal.Plan(w, terminal.View{Plan: shownPlan(p), Base: showBase(o.base(p)), Now: noon()}, s)
		},
		"apply": func(w io.Writer, o outside, s safe.Style) error {
			for _, e := range o.events() {
				if err := terminal.Event(w, e, time.Second, s); err != nil {
					return err
				}
			}
			r := o.result()
			if err := terminal.Skipped(w, r, s); err != nil {
				return err
			}
			return terminal.Outcome(w, "Apply", r, s)
		},
		"diagnostics": func(w io.Writer, o outside, s safe.Style) error {
			diags, files := o.diagnostics()
			return terminal.Diagnostics(w, files, showDiags(diags), s)
		},
		"drift": func(w io.Writer, o outside, s safe.Style) error {
			return terminal.Drift(w, showDrift(o.drift()), s, noon())
		},
		"tests": func(w io.Writer, o outside, s safe.Style) error { return terminal.Tests(w, o.tests(), true, s) },
		"replay": func(w io.Writer, o outside, s safe.Style) error {
			return terminal.Replay(w, o.s(), o.tests().Replays[0].Monitors, s)
		},
		"sections": func(w io.Writer, o outside, s safe.Style) error { return terminal.Sections(w, o.sections(), s) },
		"file_diff": func(w io.Writer, o outside, s safe.Style) error {
			return terminal.FileDiff(w, o.s(), "same\n"+o.s()+"\nsame", "same\n"+o.s()+"x\nsame", s)
		},
	}
}

// each calls a renderer until all texts were shown, with another text in each field.
func each(f func(o outside) string) string {
	next, used, out := hostile.Each(), 0, ""
	count := func() string {
		used++
		return next()
	}
	for used < len(hostile.Texts()) {
		out += f(outside{count})
	}
	return out
}

func show(t testing.TB, f shows, o outside, s safe.Style) string {
	t.Helper()
	var out bytes.Buffer
	if err := f(&out, o, s); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

var (
	colour   = regexp.MustCompile("\x1b\\[[0-9;]*m")
	trailing = regexp.MustCompile(`(?m) +$`)
)

// TestHostileTerminal: text from outside is shown and has no effect. Only ddmon sets colours.
func TestHostileTerminal(t *testing.T) {
	for name, f := range terminals() {
		golden(t, "hostile_"+name+".txt", each(func(o outside) string { return show(t, f, o, safe.Style{Width: 80}) }))
		golden(t, "hostile_"+name+"_color.txt", each(func(o outside) string { return show(t, f, o, safe.Style{Width: 80, Color: true}) }))
		for _, text := range hostile.Texts() {
			o := outside{hostile.Only(text.Text)}
			plain := show(t, f, o, safe.Style{Width: 80})
			if err := hostile.Visible(plain); err != nil {
				t.Errorf("%s of %s: %.300v", name, text.Name, err)
			}
			if coloured := show(t, f, o, safe.Style{Width: 80, Color: true}); trailing.ReplaceAllString(colour.ReplaceAllString(coloured, ""), "") != trailing.ReplaceAllString(plain, "") {
				t.Errorf("%s of %s: the text differs in colour", name, text.Name)
			}
		}
	}
}

// TestMegabyteTerminal: a terminal shows a message of a megabyte in full or marks the cut. The message does not widen
// the lines around it.
func TestMegabyteTerminal(t *testing.T) {
	text := hostile.Megabyte()
	for name, f := range terminals() {
		places, long := 0, 0
		got := show(t, f, outside{func() string {
			if places++; places%9 != 1 {
				return "x"
			}
			long++
			return text
		}}, safe.Style{Width: 80})
		if !strings.Contains(got, strings.TrimSpace(hostile.First)) {
			t.Errorf("%s: the text does not begin", name)
		}
		if !strings.Contains(got, strings.TrimSpace(hostile.Last)) && !strings.Contains(got, "...") {
			t.Errorf("%s: the cut is not marked", name)
		}
		if most := (6*long + 1) << 20; len(got) > most {
			t.Errorf("%s: %d texts of a megabyte become %d bytes", name, long, len(got))
		}
	}
}
