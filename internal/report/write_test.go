package report_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"html"
	"regexp"
	"strings"
	"testing"

	"ddmon/internal/expect"
	"ddmon/internal/render/hostile"
	"ddmon/internal/report"
)

// fiveTests is a page of five tests on both recordings.
func fiveTests(t testing.TB) report.Page {
	a, b := section(t, "incident-5"), section(t, "healthy-day")
	failed := a
	failed.Passed, failed.Comparisons = false, []expect.Comparison{{Address: "monitor.queue_depth", Expected: "Alert", Actual: "OK throughout", Timeline: "....\n  19:57:39"}}
	replayed := b
	replayed.Untested = true
	return report.Page{Title: "ddmon test", Generated: "2025-11-10 09:00:00 UTC", Sections: []report.Section{a, b, failed, replayed, a}}
}

func TestSizeAndSameBytes(t *testing.T) {
	page := write(t, fiveTests(t))
	t.Logf("%d bytes", len(page))
	if len(page) > 500_000 {
		t.Errorf("a page of five tests has %d bytes", len(page))
	}
	if page != write(t, fiveTests(t)) {
		t.Error("the same page gives other bytes")
	}
}

// TestNoReferences: nothing in the page makes a browser go anywhere.
func TestNoReferences(t *testing.T) {
	page := write(t, fiveTests(t))
	for _, attribute := range regexp.MustCompile(`(?i)\s(?:src|href|action|srcset|data|poster|formaction|ping|background)\s*=\s*"([^"]*)"`).FindAllStringSubmatch(markup(page), -1) {
		if !strings.HasPrefix(attribute[1], "#") {
			t.Errorf("the page refers to %s", attribute[0])
		}
	}
	for _, bad := range []string{"url(", "@import", "fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "importScripts", "eval(", "new Function", "<link", "<img", "<iframe"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %s", bad)
		}
	}
}

// TestPolicy: the content security policy allows the script of the page and none besides.
func TestPolicy(t *testing.T) {
	page := write(t, fiveTests(t))
	scripts := regexp.MustCompile(`(?s)<script>(.*?)</script>`).FindAllStringSubmatch(page, -1)
	if len(scripts) != 1 {
		t.Fatalf("%d scripts", len(scripts))
	}
	sum := sha256.Sum256([]byte(scripts[0][1]))
	policy := regexp.MustCompile(`content="(default-src[^"]*)"`).FindStringSubmatch(page)
	if policy == nil {
		t.Fatal("no policy")
	}
	text := html.UnescapeString(policy[1])
	if want := "script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.HasSuffix(text, want) || !strings.HasPrefix(text, "default-src 'none'") {
		t.Errorf("the policy is %s, not %s", text, want)
	}
}

// markup is a page without what is in script and style.
func markup(page string) string {
	return regexp.MustCompile(`(?s)(<script[^>]*>).*?(</script>)|(<style[^>]*>).*?(</style>)`).ReplaceAllString(page, "$1$2$3$4")
}

// TestMarkup: tags are balanced, ids are there once, and what refers to an id finds it.
func TestMarkup(t *testing.T) {
	for name, page := range map[string]report.Page{"five": fiveTests(t), "hostile": outside(t, hostile.Each()), "none": {Title: "t"}} {
		text := markup(write(t, page))
		var open []string
		for _, tag := range regexp.MustCompile(`<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"]|"[^"]*")*)>`).FindAllStringSubmatch(text, -1) {
			switch element := tag[2]; {
			case element == "meta" || element == "br" || element == "hr" || strings.HasSuffix(tag[3], "/"):
			case tag[1] == "":
				open = append(open, element)
			case len(open) == 0 || open[len(open)-1] != element:
				t.Fatalf("%s: </%s> closes %v", name, element, open)
			default:
				open = open[:len(open)-1]
			}
		}
		if len(open) > 0 {
			t.Errorf("%s: %v stay open", name, open)
		}
		if strings.Count(text, "<") != strings.Count(text, ">") {
			t.Errorf("%s: a bare < or >", name)
		}
		ids := map[string]bool{}
		for _, id := range regexp.MustCompile(`\sid="([^"]*)"`).FindAllStringSubmatch(text, -1) {
			if ids[id[1]] {
				t.Errorf("%s: two ids %s", name, id[1])
			}
			ids[id[1]] = true
		}
		for _, ref := range regexp.MustCompile(`(?:href="#|aria-labelledby=")([^"]*)"`).FindAllStringSubmatch(text, -1) {
			if !ids[ref[1]] {
				t.Errorf("%s: nothing has the id %s", name, ref[1])
			}
		}
		if strings.Contains(text, "ZgotmplZ") {
			t.Errorf("%s: a value was refused by the template", name)
		}
	}
}

// TestLabels: what is drawn has words for those who do not see it.
func TestLabels(t *testing.T) {
	page := markup(write(t, fiveTests(t)))
	for _, drawn := range regexp.MustCompile(`<[^>]*role="img"[^>]*>`).FindAllString(page, -1) {
		if label := regexp.MustCompile(`aria-label="([^"]*)"`).FindStringSubmatch(drawn); label == nil || len(label[1]) < 2 {
			t.Errorf("no words: %s", drawn)
		}
	}
	last := 0
	for _, h := range regexp.MustCompile(`<h([1-6])`).FindAllStringSubmatch(page, -1) {
		level := int(h[1][0] - '0')
		if level > last+1 {
			t.Errorf("a heading %d comes after %d", level, last)
		}
		last = level
	}
}

// TestRecordingOnce: a recording that several tests use is shown once, after all tests.
func TestRecordingOnce(t *testing.T) {
	page := markup(write(t, fiveTests(t)))
	for _, name := range []string{"incident-5", "healthy-day"} {
		if n := strings.Count(page, "Recording "+name+" </h2>") + strings.Count(page, "Recording "+name+"</h2>"); n != 1 {
			t.Errorf("%s is shown %d times", name, n)
		}
	}
	if n := strings.Count(page, `class="test"`); n != 4 || strings.LastIndex(page, `class="test"`) > strings.Index(page, `class="recording"`) {
		t.Errorf("%d tests, or one after a recording", n)
	}
	if n := strings.Count(page, `class="answer"`); n != 5 {
		t.Errorf("%d sentences about the first notification", n)
	}
}

// TestReactedFirst: monitors are in the order in which they reacted, and the others are folded.
func TestReactedFirst(t *testing.T) {
	page := markup(write(t, report.Page{Title: "t", Sections: []report.Section{section(t, "incident-5")}}))
	last := 0
	for _, text := range []string{"<b>no_consumer</b>", "<b>no_replicas</b>", "<b>backlog</b>", "<b>consumer_failure</b>", `<details class="folded">`, "<b>queue_depth</b>", "<h3>Logs"} {
		at := strings.Index(page, text)
		if at < last {
			t.Errorf("%s is at %d, before %d", text, at, last)
		}
		last = max(at, last)
	}
}

// TestProblem: a test that could not run is a failed test on the page.
func TestProblem(t *testing.T) {
	page := markup(write(t, report.Page{Title: "t", Sections: []report.Section{{Name: "broken", Problem: "Cannot read recording: no such file"}}}))
	for _, want := range []string{"1 failed", "broken", "Cannot read recording: no such file"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// TestHide: sensitive values are removed before Markdown splits them.
func TestHide(t *testing.T) {
	s := byHand(t)
	s.Result.Monitors[0].Notifications[0].Message = "the key is a*b*c."
	hide := func(text string) string { return strings.ReplaceAll(text, "a*b*c", "(hidden)") }
	page := write(t, report.Page{Title: "t", Sections: []report.Section{s}, Hide: hide})
	if !strings.Contains(page, "the key is (hidden).") || strings.Contains(page, "<em>b</em>") {
		t.Error("a sensitive value is shown")
	}
}

// TestPrint: a printed page has its colours, its folded parts are open, and plots and rows stay on one page.
func TestPrint(t *testing.T) {
	page := write(t, report.Page{Title: "t", Sections: []report.Section{byHand(t)}})
	_, print, _ := strings.Cut(page, "@media print {")
	print, _, _ = strings.Cut(print, "\n}")
	for _, want := range []string{
		"details::details-content { content-visibility: visible; }", "break-inside: avoid", ".wide { overflow: visible; }", "white-space: pre-wrap; overflow: visible",
		"color-scheme: light",
	} {
		if !strings.Contains(print, want) {
			t.Errorf("the style for print lacks %s", want)
		}
	}
	for _, selector := range []string{"figure", ".plot", ".lane", ".monitor", "tr", ".notifications > li"} {
		if !regexp.MustCompile(`(?m)^  ([^{]*, )?` + regexp.QuoteMeta(selector) + `(, [^{]*)? \{[^}]*break-inside: avoid`).MatchString(print) {
			t.Errorf("a page can break inside of %s", selector)
		}
	}
	if !strings.Contains(page, " print-color-adjust: exact;") {
		t.Error("browsers print without the colours of the states")
	}
}

func TestWriteRefuses(t *testing.T) {
	good := section(t, "incident-5")
	for name, s := range map[string]report.Section{
		"recording": {Name: "x", Result: good.Result}, "result": {Name: "x", Recording: good.Recording},
	} {
		var b bytes.Buffer
		err := report.Write(&b, report.Page{Sections: []report.Section{good, s}})
		if err == nil || !strings.Contains(err.Error(), "x has no "+name) || b.Len() > 0 {
			t.Errorf("without %s: %v, %d bytes", name, err, b.Len())
		}
	}
	if err := report.Write(full{}, report.Page{Sections: []report.Section{good}}); !errors.Is(err, errFull) {
		t.Errorf("a full disk: %v", err)
	}
}

var errFull = errors.New("disk full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
