package report_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"ddmon/internal/replay"
	"ddmon/internal/report"
	"ddmon/internal/series"
)

// fiveTests is a page of five tests on both recordings.
func fiveTests(t testing.TB) report.Page {
	a, b := section(t, "incident-5"), section(t, "healthy-day")
	failed := a
	failed.Passed, failed.Failures = false, []string{"main.test.hcl:12: monitor.queue_depth: expected Alert\n  19:57:39  OK"}
	replayed := b
	replayed.Unjudged = true
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
	for name, page := range map[string]report.Page{"five": fiveTests(t), "hostile": hostile(t), "none": {Title: "t"}} {
		text := markup(write(t, page))
		var open []string
		for _, tag := range regexp.MustCompile(`<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"]|"[^"]*")*)>`).FindAllStringSubmatch(text, -1) {
			switch element := tag[2]; {
			case element == "meta" || element == "br" || strings.HasSuffix(tag[3], "/"):
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

const attack = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{.}}<!--\u202egnp.exe\x00\x1b[31m\u2028\xff"

// hostile is a page in which every text from outside is an attack.
func hostile(t testing.TB) report.Page {
	dir := t.TempDir()
	text := `{"timestamp": "2025-11-09T12:00:05Z", "service": "</script><b>", "message": "</script><script>alert(1)</script> \u202e\u0000"}`
	for name, content := range map[string]string{
		"logs.jsonl": text + "\n",
		"recording.hcl": `
name  = "</script><script>alert(1)</script>"
note  = "<img src=x onerror=alert(1)>"
source = "\"><svg onload=alert(1)>"
start = "2025-11-09T12:00:00Z"
end   = "2025-11-09T12:10:00Z"
interval = "15s"
phases { incident_start = "+1m" }
series "m" {
  tags   = ["a:</script><script>alert(1)</script>"]
  type   = "gauge"
  unit   = "</h4><script>"
  values = "0+1x40"
}
logs "logs.jsonl" {}
`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	rec, diags := series.Load(dir)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	rec.Phases[0].Name = attack
	rec.Events = []series.Event{{At: rec.Start + 1000, Title: attack, Text: attack}}
	at := time.UnixMilli(rec.Start + 60_000)
	limit := 5.0
	result := &replay.Result{Monitors: []replay.MonitorResult{
		{
			Address: "monitor." + attack, Name: attack, Evaluated: true, Every: time.Minute, Comparator: attack, Thresholds: replay.Thresholds{Critical: &limit},
			Groups:        []replay.GroupResult{{Group: attack, Start: at, Initial: replay.OK, Transitions: []replay.Transition{{From: replay.OK, To: replay.Alert, At: at, Earliest: at, Latest: at, Share: 1}}, Values: []replay.Value{{At: at, Value: 1, HasValue: true}}}},
			Notifications: []replay.Notification{{At: at, Kind: attack, Group: attack, Title: attack, Message: strings.Repeat("long "+attack, 20_000), Handles: []string{attack}}},
		},
		{Address: "monitor.b", Name: attack, Reason: attack},
	}}
	monitors := []replay.Monitor{{Address: "monitor." + attack, Body: map[string]any{"type": "query alert", "query": "avg(last_1m):avg:m{*} > 5"}}}
	return report.Page{Title: attack, Generated: attack, Sections: []report.Section{{Name: attack, Failures: []string{attack}, Recording: rec, Result: result, Monitors: monitors}}}
}

func TestHostile(t *testing.T) {
	page := write(t, hostile(t))
	for _, bad := range []string{"<script>alert", "<img", "<svg onload", "<b>\"", "\x00", "\x1b", "\u202e", "\u2028", "\xff"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	if n := strings.Count(page, "</script"); n != 2 {
		t.Errorf("%d scripts end", n)
	}
	if !strings.Contains(page, "cut here: 1.") {
		t.Error("a message of over 1 MB is not cut visibly")
	}
	if len(page) > 150_000 {
		t.Errorf("%d bytes", len(page))
	}
	if !strings.Contains(page, `\u202e`) {
		t.Error("the mark of direction is not shown")
	}
	dataOf(t, page)
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
