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

	"ddmon/internal/render/hostile"
	"ddmon/internal/report"
)

// fiveTests is a page of five tests on both recordings.
func fiveTests(t testing.TB) report.Page {
	a, b := section(t, "incident-5"), section(t, "healthy-day")
	failed := a
	failed.Passed, failed.Failures = false, []string{"main.test.hcl:12: monitor.queue_depth: expected Alert\n  19:57:39  OK"}
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
