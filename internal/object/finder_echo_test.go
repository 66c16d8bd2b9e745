package object

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// echoes are the forms in which a response can repeat a value from the request.
var echoes = map[string]func(string) string{
	"unchanged":        func(s string) string { return s },
	"in upper case":    strings.ToUpper,
	"in lower case":    strings.ToLower,
	"as query":         url.QueryEscape,
	"as path":          url.PathEscape,
	"lower hex":        func(s string) string { return strings.ToLower(url.QueryEscape(s)) },
	"all bytes hex":    func(s string) string { return escapeAll(s, "%%%02x") },
	"twice in a URL":   func(s string) string { return url.QueryEscape(url.QueryEscape(s)) },
	"three times":      func(s string) string { return url.QueryEscape(url.QueryEscape(url.QueryEscape(s))) },
	"JSON three times": func(s string) string { return inJSON(inJSON(inJSON(s))) },
	"JSON":             inJSON,
	"JSON in JSON":     func(s string) string { return inJSON(inJSON(s)) },
	"JSON in a URL":    func(s string) string { return url.QueryEscape(inJSON(s)) },
	"JSON, all bytes":  func(s string) string { return escapeAll(s, `\u%04x`) },
	"hexadecimal":      func(s string) string { return escapeAll(s, `\x%02X`) },
	"HTML":             html.EscapeString,
	"HTML, all bytes":  func(s string) string { return escapeAll(s, "&#%d;") },
	"HTML in JSON":     func(s string) string { return inJSON(html.EscapeString(s)) },
	"quoted":           func(s string) string { return fmt.Sprintf("%q", s) },
	"in a shell":       func(s string) string { return strings.NewReplacer("/", `\/`, "-", `\-`, " ", `\ `).Replace(s) },
	"wrapped":          func(s string) string { return s[:5] + "\n    " + s[5:9] + "\r\n" + s[9:] },
	"continued":        func(s string) string { return s[:6] + "\\\n" + s[6:] },
	"with spaces":      func(s string) string { return strings.Join(strings.Split(s, ""), " ") },
	"cut":              func(s string) string { return s[:8] },
	"cut later":        func(s string) string { return s[:len(s)-1] },
	"cut with ...":     func(s string) string { return s[:9] + "..." },
	"cut with …":       func(s string) string { return s[:9] + "… (120 more)" },
	"cut and quoted":   func(s string) string { return "'" + s[:10] + "' is too long" },
	"cut in JSON":      func(s string) string { return `{"message":"` + inJSON(s)[:len(inJSON(s))-3] + `"}` },
	"fullwidth": func(s string) string {
		return strings.Map(func(r rune) rune {
			if '!' <= r && r <= '~' {
				return r - '!' + 0xff01
			}
			return r
		}, s)
	},
	"cut and escaped": func(s string) string { return url.QueryEscape(s[:11]) },
}

func escapeAll(s, format string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, format, s[i])
	}
	return b.String()
}

// TestFindEchoes: in every form of an echo, no eight characters of a secret remain.
func TestFindEchoes(t *testing.T) {
	for _, secret := range []string{"Quiet-River-4471-Lamp", `hunter2 <&"'$> T0/B0/xoxb`, "correct horse battery staple", "https://hook.example/T0/B0/xoxb77"} {
		var f Finder
		f.AddShort("v", secret)
		for name, echo := range echoes {
			for _, before := range []string{"rejected (400): ", "", "+"} {
				text := before + echo(secret)
				got := redacted(text, f.FindEchoes(text))
				squeeze := func(s string) string { return string(viewOf(s).squeezed().text) }
				for _, layer := range layers(got) {
					for i := 0; i+8 <= len(squeeze(secret)); i++ {
						if part := squeeze(secret)[i : i+8]; strings.Contains(squeeze(layer), part) {
							t.Errorf("%s of %q after %q: %q remains in %q", name, secret, before, part, got)
							break
						}
					}
				}
				if !strings.HasPrefix(got, before) {
					t.Errorf("%s of %q: redacts too much: %q", name, secret, got)
				}
			}
		}
	}
}

// TestEncodedInJSON: the forms of a value in JSON, with and without escapes of HTML and of other alphabets.
func TestEncodedInJSON(t *testing.T) {
	for value, want := range map[string][]string{
		"only letters":        nil,
		`a"quoted`:            {`a\"quoted`},
		"a<tag>&":             {`a\u003ctag\u003e\u0026`},
		`a"<tag`:              {`a\"<tag`, `a\"\u003ctag`},
		"gr\u00fcn gr\u00fcn": {`gr\u00fcn gr\u00fcn`},
		"gr\u00fcn <x>":       {`gr\u00fcn <x>`, "gr\u00fcn \\u003cx\\u003e", `gr\u00fcn \u003cx\u003e`},
	} {
		if got := escapedInJSON(value); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
		forms := EncodedForms(value)
		for _, form := range want {
			if !slices.Contains(forms, form) {
				t.Errorf("%q: no form %q", value, form)
			}
		}
	}
}

// layers returns a string and its successive unescaped forms.
func layers(s string) []string {
	var out []string
	v := viewOf(s)
	for range maxLayers + 1 {
		out = append(out, string(v.text))
		inner, more := v.decoded()
		if !more {
			break
		}
		v = inner
	}
	return out
}

func redacted(s string, found []Found) string {
	var b strings.Builder
	done := 0
	for _, f := range found {
		if f.From >= done {
			b.WriteString(s[done:f.From] + "[]")
		}
		done = max(done, f.To)
	}
	return b.String() + s[done:]
}

// TestFindEchoesShortValues: numbers are found inside of longer strings, short words only as whole words, and the rest
// is unchanged.
func TestFindEchoesShortValues(t *testing.T) {
	var f Finder
	for _, v := range []string{"73519", "1.5", "abc", "true", "https://hook.example/T0"} {
		f.AddShort("v", v)
	}
	for text, want := range map[string]string{
		"limit73519ms v73519 73,519 7.3519e4 173519": "limit[]ms v[] [] [] 173519",
		"%37%33%35%31%39 &#55;3519 \\u00373519":      "[] [] []",
		"above 1.5, 1.50x 11.5 1.55":                 "above [], []x 11.5 1.55",
		`"abc" abcd ABC`:                             `"[]" abcd []`,
		`{"a":true,"b":false,"c":untrue}`:            `{"a":[],"b":[],"c":untrue}`,
		"see https://docs.example for more":          "see https://docs.example for more",
		"at 2026-01-02T03:04:05Z":                    "at 2026-01-02T03:04:05Z",
		"100% of & \\":                               "100% of & \\",
	} {
		if got := redacted(text, f.FindEchoes(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// FuzzFindEchoes: matches are within the string, in order, and cover a randomly escaped secret.
func FuzzFindEchoes(f *testing.F) {
	f.Add("before \\u00", "Hunter2 <x> ä/", "%4 after", uint64(1))
	f.Add("", "0a\"b\\c+ d&amp;", "\x00", uint64(7))
	f.Fuzz(func(t *testing.T, before, secret, after string, seed uint64) {
		secret = strings.TrimSpace(strings.ToValidUTF8(secret, ""))
		if len(viewOf(secret).squeezed().text) < ShortestSecret || isLiteral(secret) || new(Finder).number("v", secret, 1) {
			t.Skip()
		}
		random := rand.New(rand.NewPCG(seed, 1))
		echo := secret
		for range random.IntN(3) {
			switch random.IntN(3) {
			case 0:
				echo = url.QueryEscape(echo)
			case 1:
				raw, _ := json.Marshal(echo)
				echo = string(raw[1 : len(raw)-1])
			case 2:
				echo = html.EscapeString(echo)
			}
		}
		text := before + " " + echo + " " + after
		var find Finder
		find.Add("v", secret)
		last := 0
		for _, found := range find.FindEchoes(text) {
			if found.From < last || found.To < found.From || found.To > len(text) {
				t.Fatalf("%v in %q", found, text)
			}
			last = found.From
		}
		squeezed := func(s string) string { return string(viewOf(s).squeezed().text) }
		for _, layer := range layers(redacted(echo, find.FindEchoes(echo))) {
			if strings.Contains(squeezed(layer), squeezed(secret)) {
				t.Errorf("%q remains of %q as %q", secret, echo, layer)
			}
		}
	})
}

// TestFindEchoesBase64: the base64 encoding of a string with a secret reveals at most a few characters of it, whatever
// precedes it.
func TestFindEchoesBase64(t *testing.T) {
	const secret = "Quiet-River-4471-Lamp?>"
	var f Finder
	for _, form := range EncodedForms(secret) {
		f.Add("v", form)
	}
	for _, before := range []string{"", "x", "xy", "user:", "datadog:", "api_key="} {
		for _, after := range []string{"", ":", "\n", "&b=1"} {
			for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawStdEncoding} {
				text := "Authorization: Basic " + encoding.EncodeToString([]byte(before+secret+after))
				if got := redacted(text, f.FindEchoes(text)); !strings.Contains(got, "[]") || len(got) > len("Authorization: Basic []")+len(encoding.EncodeToString([]byte(before+after)))+8 {
					t.Errorf("%q %q: %s", before, after, got)
				}
			}
		}
	}
}

// TestFindEchoesUnicode: a response can contain equivalent Unicode forms of characters.
func TestFindEchoesUnicode(t *testing.T) {
	for secret, echo := range map[string]string{"p\u00e4ssw\u00f6rter": "pa\u0308sswo\u0308rter", "pa\u0308sswo\u0308rter": "p\u00e4ssw\u00f6rter", "\ufb01nal-\u2460-river": "final-1-river"} {
		var f Finder
		f.Add("v", secret)
		if got := redacted(echo, f.FindEchoes(echo)); got != "[]" {
			t.Errorf("%q of %q: %q", echo, secret, got)
		}
	}
}

// TestEchoesOfJSONInBase64: a body of JSON is found in base64 although it contains the secret with escapes.
func TestEchoesOfJSONInBase64(t *testing.T) {
	const secret = `Quiet"River\4471-Lämp`
	var f Finder
	f.Add("s", secret)
	for _, form := range EncodedForms(secret) {
		f.Add("s", form)
	}
	for _, escape := range []func(string) string{
		func(s string) string { raw, _ := json.Marshal(s); return string(raw) },
		func(s string) string {
			raw, _ := json.Marshal(s)
			return strings.ReplaceAll(string(raw), "ä", `\u00e4`)
		},
	} {
		for before := range 3 {
			body := base64.StdEncoding.EncodeToString([]byte(`{"message":"` + strings.Repeat("x", before) + escape(secret)[1:] + "}"))
			if len(f.FindEchoes("b64: "+body)) == 0 {
				t.Errorf("%s: not found in %s", escape(secret), body)
			}
		}
	}
}
