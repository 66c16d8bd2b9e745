package report_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"ddmon/internal/ddtest"
	"ddmon/internal/expect"
	"ddmon/internal/render/hostile"
	"ddmon/internal/replay"
	"ddmon/internal/report"
	"ddmon/internal/series"
)

// outside is a page with text from outside in every field. s returns the text of each field.
func outside(t testing.TB, s func() string) report.Page {
	t.Helper()
	rec := small(t)
	rec.Name, rec.Note, rec.Source = s(), s(), s()
	rec.Phases[0].Name = s()
	rec.Series[0].Tags, rec.Series[0].Unit = []string{s(), s()}, s()
	rec.Series[1].Tags = []string{s()}
	rec.Logs[0].Service, rec.Logs[0].Status, rec.Logs[0].Message = s(), s(), s()
	rec.Events = []series.Event{{At: rec.Start + 1000, Title: s(), Text: s()}}
	at := time.UnixMilli(rec.Start + 60_000)
	limit := 5.0
	address := "monitor." + s()
	happened := replay.Transition{From: replay.OK, To: replay.Alert, At: at, Earliest: at, Latest: at.Add(time.Second), Share: 0.5}
	result := &replay.Result{Monitors: []replay.MonitorResult{
		{
			Address: address, Name: s(), Evaluated: true, Every: time.Minute, Comparator: s(), Thresholds: replay.Thresholds{Critical: &limit, Warning: &limit},
			Groups: []replay.GroupResult{{
				Group: s(), Start: at, Initial: replay.OK, Transitions: []replay.Transition{happened}, Elsewhere: []replay.Transition{happened},
				Values: []replay.Value{{At: at, Value: 1, HasValue: true}},
			}},
			Notifications: []replay.Notification{{At: at, Kind: replay.Kind(s()), Group: s(), Title: s(), Message: s() + "\n\n" + s(), Handles: []string{s(), s()}}},
		},
		{Address: "monitor.b" + s(), Name: s(), Reason: s()},
	}}
	monitors := []replay.Monitor{
		{Address: address, Body: map[string]any{"type": "query alert", "query": "avg(last_1m):avg:m{*} > 5"}},
		{Address: "monitor.c", Body: map[string]any{"type": "query alert", "query": s()}},
	}
	return report.Page{Title: s(), Generated: s(), Sections: []report.Section{
		{Name: s(), Comparisons: compared(s), Recording: rec, Result: result, Monitors: monitors},
		{Name: s(), Passed: true, Recording: rec, Result: result, Monitors: monitors},
		{Name: s(), Untested: true, Recording: rec, Result: &replay.Result{Monitors: result.Monitors[1:]}, Monitors: monitors},
		{Name: s(), Problem: s() + "\n" + s()},
	}}
}

// compared is an expectation that holds and one that fails.
func compared(s func() string) []expect.Comparison {
	margins := []expect.Margin{{Attribute: s(), Left: time.Second, Of: time.Minute}}
	return []expect.Comparison{
		{Address: "monitor." + s(), Group: s(), Attribute: s(), Expected: s(), Actual: s(), Margins: margins, Holds: true},
		{Address: "monitor.c" + s(), Group: s(), Attribute: s(), Expected: s(), Actual: s(), Margins: margins, Timeline: s() + "\n" + s()},
	}
}

// small is a recording of ten minutes with one of each element.
func small(t testing.TB) *series.Recording {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"logs.jsonl": `{"timestamp": "2025-11-09T12:00:05Z", "service": "s", "message": "m"}` + "\n",
		"recording.hcl": `
note     = "n"
source   = "s"
start    = "2025-11-09T12:00:00Z"
end      = "2025-11-09T12:10:00Z"
interval = "15s"
phases { incident_start = "+1m" }
series "m" {
  tags   = ["a:1"]
  type   = "gauge"
  values = "0+1x40"
}
series "m" {
  tags   = ["a:2"]
  type   = "gauge"
  values = "0+2x40"
}
logs "logs.jsonl" {}
`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	rec, diags := series.Load(dir)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return rec
}

// TestHostile: text from outside never changes the elements of a page.
func TestHostile(t *testing.T) {
	want := elements(t, write(t, outside(t, hostile.Only("text"))))
	for _, text := range append(hostile.Texts(), hostile.Text{Name: "megabyte", Text: hostile.Megabyte()}) {
		page := write(t, outside(t, hostile.Only(text.Text)))
		if err := hostile.Visible(strings.ReplaceAll(page, "\t", " ")); err != nil {
			t.Errorf("%s: %.300v", text.Name, err)
		}
		if got := elements(t, page); strings.TrimSpace(text.Text) != "" && !slices.Equal(got, want) {
			t.Errorf("%s: the elements differ: %v", text.Name, difference(got, want))
		}
		var data any
		if err := json.Unmarshal(dataOf(t, page), &data); err != nil {
			t.Errorf("%s: %v", text.Name, err)
		}
		if len(page) > 300_000 {
			t.Errorf("%s: %d bytes", text.Name, len(page))
		}
	}
}

// inMessages are the elements and attributes that Markdown in a message can become.
var inMessages = []string{"p", "p class", "br", "hr", "a href rel", "strong", "em", "code", "pre", "blockquote", "ul", "ol start", "li"}

// elements returns the tags of a page with the names of their attributes, except those inside of messages, which it only
// checks. html/template replaces unsafe values by ZgotmplZ, which must not occur.
func elements(t testing.TB, page string) (all []string) {
	t.Helper()
	if strings.Contains(page, "ZgotmplZ") {
		t.Error("a value was refused by the template")
	}
	message := false
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return all
		case html.CommentToken:
			t.Errorf("a comment: %.100q", z.Token().Data)
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			token := z.Token()
			text := token.Data
			for _, a := range token.Attr {
				text += " " + a.Key
				web := message && (strings.HasPrefix(a.Val, "http://") || strings.HasPrefix(a.Val, "https://"))
				if strings.HasPrefix(a.Key, "on") || a.Key == "href" && !strings.HasPrefix(a.Val, "#") && !web {
					t.Errorf("<%s %s=%.100q>", token.Data, a.Key, a.Val)
				}
			}
			message = message && token.Data != "div"
			if message && kind == html.StartTagToken && !slices.Contains(inMessages, text) {
				t.Errorf("a message holds <%s>", text)
			}
			if !message {
				all = append(all, kind.String()+" "+text)
			}
			message = message || kind == html.StartTagToken && slices.Contains(token.Attr, html.Attribute{Key: "class", Val: "message"})
		default: // text
		}
	}
}

// difference describes the first difference of two lists.
func difference(got, want []string) string {
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			return got[i] + ", not " + want[i]
		}
	}
	return "the lengths differ"
}

// TestHostileText pins how the page and its data show each text.
func TestHostileText(t *testing.T) {
	next, used, text, data := hostile.Each(), 0, "", ""
	for used < len(hostile.Texts()) {
		page := write(t, outside(t, func() string { used++; return next() }))
		text += seen(page)
		data += indent(t, dataOf(t, page)) + "\n"
	}
	ddtest.Golden(t, "testdata/hostile.txt", text)
	ddtest.Golden(t, "testdata/hostile.json", data)
}

// TestMegabyte: a message of a megabyte is truncated, with its size.
func TestMegabyte(t *testing.T) {
	page := write(t, outside(t, hostile.Only(hostile.Megabyte())))
	if !strings.Contains(page, strings.TrimSpace(hostile.First)) || !strings.Contains(page, "truncated: 2.") || strings.Contains(page, strings.TrimSpace(hostile.Last)) {
		t.Error("a message of over 1 MB is not truncated with a notice")
	}
}
