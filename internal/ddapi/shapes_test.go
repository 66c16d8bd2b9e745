package ddapi_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"ddmon/internal/ddapi"
	"ddmon/internal/object"
)

// everyCall makes all requests with a response body, for an object with the id 7 or abc-def-ghi.
func everyCall(ctx context.Context, c *ddapi.Client) map[string]func() error {
	body := map[string]any{}
	m := object.Marker{Stack: "shop", Slug: "dashboard.d"}
	return map[string]func() error{
		"list monitors":      func() error { return errorOf(c.List(ctx, monitor, "shop")) },
		"list dashboards":    func() error { return errorOf(c.List(ctx, dashboard, "shop")) },
		"get monitor":        func() error { return errorOf(c.Get(ctx, monitor, "7")) },
		"get dashboard":      func() error { return errorOf(c.Get(ctx, dashboard, "abc-def-ghi")) },
		"look up":            func() error { _, _, err := c.Lookup(ctx, monitor, "7"); return err },
		"exists":             func() error { return errorOf(c.Exists(ctx, "monitor", "7")) },
		"create monitor":     func() error { return errorOf(c.Create(ctx, monitor, body, nil)) },
		"create dashboard":   func() error { return errorOf(c.Create(ctx, dashboard, body, nil)) },
		"update monitor":     func() error { return errorOf(c.Update(ctx, monitor, "7", body, nil)) },
		"update dashboard":   func() error { return errorOf(c.Update(ctx, dashboard, "abc-def-ghi", body, nil)) },
		"delete monitor":     func() error { return c.Delete(ctx, monitor, "7", nil) },
		"delete dashboard":   func() error { return c.Delete(ctx, dashboard, "abc-def-ghi", nil) },
		"validate":           func() error { return c.Validate(ctx, monitor, "", body) },
		"validate an update": func() error { return c.Validate(ctx, monitor, "7", body) },
		"can delete":         func() error { return errorOf(c.CanDelete(ctx, monitor, []string{"7"})) },
		"tags of a metric":   func() error { _, _, err := c.MetricTags(ctx, "a.b"); return err },
		"handles":            func() error { return errorOf(c.Handles(ctx)) },
		"find dashboards":    func() error { return errorOf(c.Find(ctx, dashboard, m)) },
		"names of monitors":  func() error { return errorOf(c.Named(ctx, monitor, ddapi.Listing{}, []string{"a"})) },
	}
}

// wrongForAll returns responses that are invalid for all requests.
func wrongForAll() map[string]string {
	deep := func(open, end string, n int) string { return strings.Repeat(open, n) + strings.Repeat(end, n) }
	inAll := func(value string) string {
		return `{"id":7,"dashboards":[{"id":"abc-def-ghi","x":` + value + `}],"data":` + value + `,"x":` + value + `}`
	}
	return map[string]string{
		"empty": "", "blanks": " \n\t", "null": "null", "true": "true", "number": "7", "text": `"x"`, "web page": "<html>hello</html>",
		"list of null": "[null]", "list of numbers": "[7]", "list of lists": "[[]]", "list of texts": `["x"]`,
		"list and object": `[{"id":7}],{}`, "open object": "{", "open list": "[", "open text": `{"id":7,"x":"`, "comma": `{"id":7,}`,
		"single quotes": `{'id':7}`, "comment": `{"id":7}//x`, "NaN": inAll("NaN"), "leading zero": inAll("007"),
		"lists without end": strings.Repeat("[", 200_000), "objects without end": strings.Repeat(`{"a":`, 200_000),
		"deep lists": inAll(deep("[", "]", 5000)), "deep objects": inAll(strings.Repeat(`{"a":`, 500) + "1" + strings.Repeat("}", 500)),
		"deep and closed": inAll(deep("[", "]", 101)),
		"huge number":     inAll("1e999999999"), "small number": inAll("1e-999999999"), "long number": inAll(strings.Repeat("9", 5000)),
		"huge exponent":          inAll("1e99999999999999999999999"),
		"key twice":              `{"id":7,"id":8,"data":[],"dashboards":[]}`,
		"key twice inside":       inAll(`{"a":1,"a":1}`),
		"key twice by escape":    inAll(`{"a":1,"\u0061":1}`),
		"text behind":            `{"id":7,"data":[],"dashboards":[]} x`,
		"second value":           `{"id":7,"data":[],"dashboards":[]}{}`,
		"text behind a list":     `[]x`,
		"second list":            `[][]`,
		"byte order mark":        "\ufeff" + `{"id":7,"data":[],"dashboards":[]}`,
		"byte order mark, list":  "\ufeff[]",
		"UTF-16":                 "\xff\xfe{\x00}\x00",
		"control character":      inAll("\"\x01\""),
		"NUL":                    "\x00",
		"gzip, not decompressed": "\x1f\x8b\x08\x00\x00\x00",
	}
}

// wrongFor returns further invalid responses by request.
func wrongFor() map[string][]string {
	ids := []string{`""`, `" 7"`, `"../../v2/users"`, `".."`, `"."`, `"a/b?x"`, `"a%2fb"`, `"a#b"`, `"a b"`, `"ä"`, `"-"`, `"a\u0000"`,
		`"` + strings.Repeat("a", 10_000) + `"`, `7.5`, `7.0`, `7e0`, `-7`, `0`, `99999999999999999999`, `null`, `true`, `{}`, `[7]`}
	monitors := append(slices.Clone(ids), `"7"`, `"abc-def-ghi"`)
	dashboards := append(slices.Clone(ids), `7`, `"ABC"`, `"a_b"`, `"a--b"`)
	one := func(ids []string, form string, more ...string) []string {
		out := append([]string{`{}`, `[]`, `{"errors":["x"]}`}, more...)
		for _, id := range ids {
			out = append(out, fmt.Sprintf(form, id))
		}
		return out
	}
	m, d := one(monitors, `{"id":%s}`), one(dashboards, `{"id":%s}`)
	other := []string{`{"id":8}`, `{"id":"abc-def-ghj"}`}
	const owned = `{"dashboards":[{"id":%s,"description":"Managed by ddmon, edits here will be overwritten: ddmon_stack:shop ddmon_id:dashboard.d"}]}`
	summaries := []string{`{"dashboards":null}`, `{"dashboards":{}}`, `{"dashboards":[7]}`, `{"dashboards":[null]}`, `{"dashboards":"x"}`, `{"monitors":[]}`}
	values := []string{`7`, `"x"`, `true`, `{"x":7}`}
	out := map[string][]string{
		"list monitors": one(monitors, `[{"id":%s}]`, `[{}]`)[2:], "names of monitors": one(monitors, `[{"id":%s}]`, `[{}]`)[2:],
		"list dashboards": one(dashboards, owned, summaries...), "find dashboards": summaries,
		"get monitor": append(slices.Clone(m), other...), "look up": append(slices.Clone(m), other...), "exists": append(slices.Clone(m), other...),
		"get dashboard": append(slices.Clone(d), other...), "update monitor": append(slices.Clone(m), other...),
		"update dashboard": append(slices.Clone(d), other...), "create monitor": m, "create dashboard": d,
		"can delete": {`{}`, `{"x":7}`, `[]`, `{"errors":"x"}`, `{"errors":["x"]}`, `{"errors":7}`, `{"errors":true}`, `{"errors":[{"detail":"x"}]}`,
			`{"errors":{"8":["x"]}}`, `{"errors":{"detail":["x"]}}`},
		"handles": {`{}`, `{"data":{}}`, `{"data":null}`, `{"data":[7]}`}, "tags of a metric": {`{}`, `{"data":[]}`, `{"data":null}`},
		"delete monitor": {`[]`}, "delete dashboard": {`[]`}, "validate": {`[]`}, "validate an update": {`[]`},
	}
	for _, v := range values {
		out["handles"] = append(out["handles"], `{"data":[{"attributes":{"handles":`+v+`}}]}`, `{"data":[{"attributes":{"handles":[`+v+`]}}]}`,
			`{"data":[{"attributes":`+v+`}]}`, `{"data":[{"attributes":{"handles":[{"value":`+strings.Replace(v, `"x"`, `[]`, 1)+`}]}}]}`)
		out["tags of a metric"] = append(out["tags of a metric"], `{"data":{"attributes":{"tags":`+v+`}}}`,
			`{"data":{"attributes":{"ingested_tags":[`+strings.Replace(v, `"x"`, `[]`, 1)+`]}}}`)
	}
	// Exceptions: responses from the lists above that are valid.
	out["handles"] = slices.DeleteFunc(out["handles"], func(s string) bool {
		return s == `{"data":[{"attributes":{"x":7}}]}` || s == `{"data":[{"attributes":{"handles":[{"x":7}]}}]}`
	})
	return out
}

// TestAnswersOfAnyOtherShape: every response that is invalid for a request causes a readable error.
func TestAnswersOfAnyOtherShape(t *testing.T) {
	var mu sync.Mutex
	var body string
	c, _ := start(t, func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		_, _ = w.Write([]byte(body))
	})
	everywhere, some := wrongForAll(), wrongFor()
	for name, do := range everyCall(t.Context(), c) {
		t.Run(name, func(t *testing.T) {
			all := slices.Clone(some[name])
			if len(all) == 0 {
				t.Fatal("no invalid responses")
			}
			for _, wrong := range everywhere {
				all = append(all, wrong)
			}
			for _, wrong := range all {
				mu.Lock()
				body = wrong
				mu.Unlock()
				err := do()
				if err == nil {
					t.Errorf("no error for %.200q", wrong)
					continue
				}
				// checkReadable checks that a message is one line of plain text and not too long.
				checkReadable(t, err.Error())
			}
		})
	}
}

// TestErrorBodies: error responses with arbitrary bodies.
func TestErrorBodies(t *testing.T) {
	bodies := wrongForAll()
	for _, v := range []string{`[]`, `null`, `"text"`, `{}`, `7`, `true`, `["a","b"]`, `[{"detail":"x"}]`, `[{"title":7}]`, `{"7":"x"}`, `{"7":["x"]}`,
		`{"7":[{"detail":"x"}]}`, `{"7":{"a":{"b":["x"]}}}`, `[[["x"]]]`, `["a?"]`, `["a."]`, `["\u001b[2J"]`, `[` + strings.Repeat(`"again",`, 10_000) + `"x"]`} {
		bodies[v] = `{"errors":` + v + `}`
	}
	bodies["longer than what is read"] = `{"errors":["` + strings.Repeat("x", 2<<20) + `"]}`
	for _, status := range []int{400, 401, 403, 404, 409, 418, 429, 500, 503} {
		for what, body := range bodies {
			c, _ := start(t, respond(status, body))
			_, err := c.Create(t.Context(), monitor, nil, nil)
			if err == nil {
				t.Fatalf("%d %s: no error", status, what)
			}
			checkReadable(t, err.Error())
		}
	}
}

// internalPattern matches Go internals that do not belong in error messages, and punctuation from careless
// concatenation.
var internalPattern = regexp.MustCompile(`jsontext|json:|unmarshal|struct|interface|map\[|\bddapi\b|reflect|runtime|goroutine|0x|<nil>|%!|\?\.|\.\.[^./]|\.\.$|; ;|: :|  `)

// checkReadable accepts one line of plain text that is not too long.
func checkReadable(t *testing.T, text string) {
	t.Helper()
	if found := internalPattern.FindString(strings.ReplaceAll(strings.ReplaceAll(text, `"../../v2/users"`, ""), `".."`, "")); found != "" {
		t.Errorf("contains %q: %s", found, text)
	}
	if strings.ContainsAny(text, "\n\r\t\x1b") || len(text) > 6000 {
		t.Errorf("%d bytes: %.300q", len(text), text)
	}
	checkText(t, text)
}

func TestCanDeleteResponses(t *testing.T) {
	for body, want := range map[string]string{
		`{"data":{"ok":[]},"errors":[]}`:                          "map[]",
		`{"data":{"ok":[7]},"errors":null}`:                       "map[]",
		`{"data":{"ok":[7]},"errors":{}}`:                         "map[]",
		`{"data":{"ok":[7]},"errors":""}`:                         "map[]",
		`{"data":null,"errors":null}`:                             "map[]",
		`{"data":{"ok":[7]}}`:                                     "map[]",
		`{"errors":{"7":[]}}`:                                     "map[]",
		`{"errors":{"7":null}}`:                                   "map[]",
		`{"errors":{"7":"in use"}}`:                               "map[7:[in use]]",
		`{"errors":{"7":["a","b"]}}`:                              "map[7:[a b]]",
		`{"errors":{"7":[{"detail":"a"},{"x":["b"]}]}}`:           "map[7:[a x: b]]",
		`{"errors":{"7":{"detail":"a"}}}`:                         "map[7:[a]]",
		`{"errors":{"7":true,"8":[null]},"data":{"ok":["x",{}]}}`: "map[7:[Datadog gives no reason] 8:[Datadog gives no reason]]",
	} {
		for _, status := range []int{200, 409} {
			c, _ := start(t, respond(status, body))
			blocked, err := c.CanDelete(t.Context(), monitor, []string{"7", "8"})
			if got := fmt.Sprint(blocked); err != nil || got != want {
				t.Errorf("%d %s: %s, %v, want %s", status, body, got, err, want)
			}
		}
	}
}

func TestSurrogates(t *testing.T) {
	for escaped, want := range map[string]string{
		`\ud83d\ude00 \u0041`: "😀 A", `cut \ud83d`: "cut \uFFFD", `\ude00 cut`: "\uFFFD cut", "cut \xe2\x82": "cut \uFFFD\uFFFD",
	} {
		c, _ := start(t, respond(200, `{"id":7,"name":"`+escaped+`"}`))
		if o, err := c.Get(t.Context(), monitor, "7"); err != nil || o["name"] != want {
			t.Errorf("%s: %q, %v", escaped, o["name"], err)
		}
	}
}
