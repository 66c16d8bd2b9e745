package series

import (
	"fmt"
	"strings"
	"testing"
)

// TestLimits: each limit is reported at its location, with what to do.
func TestLimits(t *testing.T) {
	series := header + "series \"m\" {\n type = \"gauge\"\n %s\n}\n"
	logs, events, csv := header+"logs \"f\" {}\n", header+"events \"f\" {}\n", fmt.Sprintf(series, `csv = "f"`)
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for name, test := range map[string]struct{ text, file, want string }{
		"tags":               {fmt.Sprintf(series, "values = \"1\"\n tags = ["+many(101, `"k%d:v",`)+"]"), "", "recording.hcl:9:9-810 Too many tags: The list has 101 tags; the limit is 100"},
		"two million":        {fmt.Sprintf(series, "values = \"1\"\n tags = ["+many(1_000_000, `"%d:v",`)+"]"), "", "recording.hcl:9:"},
		"series":             {header + many(50_000, "series \"m%d\" {\n type = \"gauge\"\n values = \"1\"\n}\n"), "", "Recording too large: Up to here, the file has more than 200000 words"},
		"phases":             {header + "phases {\n" + many(1001, "p%d = \"+1s\"\n") + "}\n", "", "Too many phases: The recording has more than 1000 phases (limit MaxPhases)"},
		"absent blocks":      {header + many(101, "absent \"m%d\" {\n reason = \"r\"\n}\n"), "", "Too many absent blocks: The recording has more than 100 absent blocks (limit MaxAbsent)"},
		"phase blocks":       {header + many(1001, "phases {\np%d = \"+1s\"\n}\n"), "", "Too many phases"},
		"line breaks":        {header + strings.Repeat("\n", 300_000), "", "(limit MaxTokens)"},
		"heredoc":            {fmt.Sprintf(series, "values = <<-EOT\n"+strings.Repeat("\n", 300_000)+"1\nEOT"), "", "(limit MaxTokens)"},
		"escapes":            {fmt.Sprintf(series, `values = "`+strings.Repeat("$", 300_000)+`"`), "", "recording.hcl:8:11-11 Recording too large"},
		"strings in strings": {header + `source = "${"" }` + strings.Repeat("+ 1 ", 300_000) + `"`, "", "(limit MaxTokens)"},
		"a word":             {header + strings.Repeat("x", 16_000_000), "", "(limit MaxTokens)"},
		"source":             {header + "#" + strings.Repeat("x", MaxSourceBytes), "", "recording.hcl:1:1-1 Recording too large: The file is larger than 20 MiB"},
		"samples":            {fmt.Sprintf(series, `values = "`+strings.Repeat("1 2 ", MaxPoints/2)+`3"`), "", "Too many points"},
		"gaps":               {fmt.Sprintf(series, `values = "`+strings.Repeat("1 _ ", MaxPoints/17+1)+`"`), "", "recording.hcl:8:11"},
		"runs":               {fmt.Sprintf(series, `values = "`+strings.Repeat("1x16 ", MaxPoints/16+1)+`"`), "", "Too many points"},
		"logs":               {logs, strings.Repeat("{\"timestamp\":\"+1s\"}\n", MaxLogs+1), "f:200001:1-1 Invalid line: The recording has more than 200000 logs (limit MaxLogs)"},
		"events":             {events, strings.Repeat("{\"timestamp\":\"+1s\"}\n", MaxEvents+1), "f:100001:1-1 Invalid line: The recording has more than 100000 events (limit MaxEvents)"},
		"values of logs":     {logs, strings.Repeat(`{"timestamp":"+1s","attributes":{"a":[`+strings.Repeat("1,", 1000)+"1]}}\n", 4000), "Too many values"},
		"objects":            {logs, strings.Repeat(`{"timestamp":"+1s","attributes":{"a":`+strings.Repeat(`{"a":`, 900)+"1"+strings.Repeat("}", 900)+"}}\n", 600), "Too many values"},
		"nested log":         {logs, `{"timestamp":"+1s","attributes":{"a":` + strings.Repeat("[", 20_000), "f:1:"},
		"a log's tags":       {logs, `{"timestamp":"+1s","tags":[` + many(100, `"k%d:v",`) + `"k:v"]}`, "f:1:1-1 Invalid line: The line has 101 tags"},
		"a long log":         {logs, `{"timestamp":"+1s","message":"` + strings.Repeat("x", MaxLineBytes) + `"}`, "f:1:1-1 Line too long"},
		"columns":            {csv, "timestamp,value" + strings.Repeat(",x", MaxColumns), "f:1:1-1 Too many columns"},
		"columns later":      {csv, "# \"\ntimestamp,value\n" + strings.Repeat(",", MaxColumns), "f:3:1-1 Too many columns"},
		"open quotes":        {csv, "timestamp,value\n\"" + strings.Repeat("\n", MaxLineBytes+1), "f:2:1-1 Line too long"},
		"a long cell":        {csv, "timestamp,value\n" + strings.Repeat("x", 100_000) + ",1", "f:2:1-1 Invalid time: \"" + strings.Repeat("x", maxQuoted) + "...\""},
	} {
		t.Run(name, func(t *testing.T) {
			r, found := load(test.text, map[string]string{"f": test.file})
			if r != nil || len(found) != 1 || !strings.Contains(found[0], test.want) || len(found[0]) > 2*maxDetail {
				t.Errorf("got %.2000q, want one with %q", found, test.want)
			}
		})
	}
}

// TestBytesOfAllFiles: the files of a recording have a common limit.
func TestBytesOfAllFiles(t *testing.T) {
	files, text := map[string]string{}, header
	for i := range MaxBytes/MaxFileBytes + 1 {
		name := fmt.Sprintf("f%d", i)
		files[name] = strings.Repeat("\n", MaxFileBytes-1000)
		text += fmt.Sprintf("logs %q {}\n", name)
	}
	if _, found := load(text, files); len(found) != 1 || !strings.Contains(found[0], "recording.hcl:10:6-10 Cannot read file: with rec/f4 the files of the recording are larger than 128 MiB (limit MaxBytes)") {
		t.Errorf("got %q", found)
	}
}

// TestTokens checks the number of tokens of a source.
func TestTokens(t *testing.T) {
	for source, want := range map[string]int{
		"":                                       0,
		"a = 1\n":                                4,
		`a = "one two" # and three`:              4,
		"/* a b c */ x":                          4, // a comment, its end twice, and x
		`a = "say \"hi\" to \\" b`:               4,
		"a = \"open b c\n d":                     5,
		"values = <<-EOT\n  1 2 3\n  4 5\nEOT\n": 7,
		"a << b c":                               4, // not a heredoc: its marker ends the line
		`a = "$b"`:                               4,
		`a = "${b} c d"`:                         10,
		strings.Repeat("x", maxWord):             2,
	} {
		s := scanner{source: []byte(source), plain: !strings.Contains(source, "${")}
		for s.at < len(source) {
			s.next()
		}
		if s.tokens != want {
			t.Errorf("%q has %d tokens, want %d", source, s.tokens, want)
		}
	}
}
