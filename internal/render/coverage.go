package render

import (
	"bufio"
	"fmt"
	"strings"
	"time"
)

// Coverage is what tests leave out, as it is shown and as JSON.
type Coverage struct {
	Monitors  []Covered  `json:"monitors"`
	Incidents []Incident `json:"incidents"`
	Mutants   []Mutant   `json:"mutants"`
	// Untested are monitors of which no change is noticed.
	Untested []string `json:"untested"`
}

// Covered says which tests show a monitor in Alert.
type Covered struct {
	Address   string   `json:"address"`
	Exercised bool     `json:"exercised"`
	Tests     []string `json:"tests,omitempty"`
	Through   []string `json:"through,omitempty"`
	Reason    string   `json:"not_evaluated,omitempty"`
}

// Incident is a recorded one, and who tells of it.
type Incident struct {
	Recording string  `json:"recording"`
	CaughtBy  []Catch `json:"caught_by"`
}

// Catch is the first message of a monitor about an incident.
type Catch struct {
	Address string `json:"address"`
	Seconds int    `json:"after_seconds"`
}

// Mutant is a monitor with one number changed.
type Mutant struct {
	Address   string   `json:"address"`
	Field     string   `json:"field"`
	From      string   `json:"from"`
	To        string   `json:"to"`
	Verdict   string   `json:"verdict"`
	NoticedBy []string `json:"noticed_by,omitempty"`
}

func (s Style) coverage(out *bufio.Writer, c *Coverage) {
	fmt.Fprintf(out, "\n%s\n", s.paint(bold, "Coverage"))
	for _, m := range c.Monitors {
		switch {
		case m.Reason != "":
			fmt.Fprintf(out, "  %s  %s: %s\n", s.paint(yellow, "?"), Clean(m.Address), Clean(m.Reason))
		case m.Exercised:
			by := append(append([]string(nil), m.Tests...), m.Through...)
			fmt.Fprintf(out, "  %s  %s  %s\n", s.paint(green, "+"), Clean(m.Address), s.paint(dim, Clean(strings.Join(by, ", "))))
		default:
			fmt.Fprintf(out, "  %s  %s: no test sees it in Alert\n", s.paint(red, "-"), Clean(m.Address))
		}
	}
	for _, in := range c.Incidents {
		if len(in.CaughtBy) == 0 {
			fmt.Fprintf(out, "  %s  %s: no monitor tells anybody of it\n", s.paint(red, "-"), Clean(in.Recording))
			continue
		}
		fmt.Fprintf(out, "  %s  %s", s.paint(green, "+"), Clean(in.Recording))
		for i, by := range in.CaughtBy {
			if i > 0 {
				fmt.Fprint(out, ",")
			}
			fmt.Fprintf(out, " caught by %s after %s", Clean(by.Address), time.Duration(by.Seconds)*time.Second)
		}
		fmt.Fprintln(out)
	}
	s.mutants(out, c)
}

// mutants counts them, and names those that no test notices although it could.
func (s Style) mutants(out *bufio.Writer, c *Coverage) {
	counts := map[string]int{}
	for _, m := range c.Mutants {
		counts[m.Verdict]++
	}
	fmt.Fprintf(out, "\n%s %s: %d noticed, %d survived, %d no recording can tell\n", s.paint(bold, "Mutation"),
		Count(len(c.Mutants), "change"), counts["noticed"], counts["survived"], counts["no recording can tell"])
	for _, m := range c.Mutants {
		if m.Verdict == "survived" {
			fmt.Fprintf(out, "  %s  %s: %s %s -> %s, and every test passes\n", s.paint(yellow, "~"), Clean(m.Address), Clean(m.Field), Clean(m.From), Clean(m.To))
		}
	}
	for _, address := range c.Untested {
		fmt.Fprintf(out, "  %s  %s survives every change: it is not really tested\n", s.paint(red, "-"), Clean(address))
	}
}
