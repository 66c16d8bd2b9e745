package render_test

import (
	"bytes"
	"strings"
	"testing"

	"ddmon/internal/render/machine"
)

// readOutputs reads $GITHUB_OUTPUT as GitHub's runner does.
func readOutputs(t testing.TB, text string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for text != "" {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		equals, heredoc := strings.Index(line, "="), strings.Index(line, "<<")
		switch {
		case equals >= 0 && (heredoc < 0 || equals < heredoc):
			out[line[:equals]] = line[equals+1:]
		case heredoc >= 0:
			name := line[:heredoc]
			var lines []string
			for end := line[heredoc+2:]; ; lines = append(lines, line) {
				if text == "" {
					t.Fatalf("the value of %s does not end", name)
				}
				if line, text, _ = strings.Cut(text, "\n"); line == end {
					break
				}
			}
			out[name] = strings.Join(lines, "\n")
		default:
			t.Fatalf("%q is not an output", line)
		}
	}
	return out
}

func TestStepOutputs(t *testing.T) {
	var out bytes.Buffer
	if err := machine.StepOutputs(&out, [][2]string{{"exitcode", "2"}, {"empty", ""}, {"summary", "one\ntwo\n"}}); err != nil {
		t.Fatal(err)
	}
	want := "exitcode=2\nempty=\nsummary<<ddmon_c3f9c8c283a2b1f2\none\ntwo\n\nddmon_c3f9c8c283a2b1f2\n"
	if out.String() != want {
		t.Errorf("%q", out.String())
	}
}

// TestGroup: a title cannot end a group.
func TestGroup(t *testing.T) {
	begin, end := machine.Group("plan of \x1b[1mshop\n::error::x 100%")
	if begin != `::group::plan of \x1b[1mshop\n::error::x 100%25`+"\n" || end != "::endgroup::\n" {
		t.Errorf("%q %q", begin, end)
	}
}
