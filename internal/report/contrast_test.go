package report

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestContrast: in light and dark mode, text has WCAG's contrast of at least 4.5 to 1, lines 3 to 1.
func TestContrast(t *testing.T) {
	light, dark, ok := strings.Cut(asset("assets/report.css"), "@media screen and (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("no dark colours")
	}
	dark, _, _ = strings.Cut(dark, "\n* {")
	const text, line = 4.5, 3
	pairs := []struct {
		front, back string
		least       float64
	}{
		{"text", "background", text}, {"text", "raised", text}, {"quiet", "background", text}, {"quiet", "raised", text}, {"link", "background", text}, {"link", "raised", text},
		{"ok-text", "ok", text}, {"warn-text", "warn", text}, {"alert-text", "alert", text}, {"nodata-text", "nodata", text},
		{"phase", "background", text}, {"critical", "background", text}, {"warning", "background", text}, {"recovery", "background", text}, {"alert", "background", line},
	}
	for i := range colors {
		pairs = append(pairs, struct {
			front, back string
			least       float64
		}{"c" + strconv.Itoa(i), "background", line})
	}
	for scheme, css := range map[string]string{"light": light, "dark": dark} {
		for _, p := range pairs {
			a, b := luminance(t, css, p.front), luminance(t, css, p.back)
			if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < p.least {
				t.Errorf("%s: --%s on --%s has %.2f to 1, less than %g", scheme, p.front, p.back, ratio, p.least)
			}
		}
	}
}

// luminance is WCAG's relative luminance of a colour of the style sheet.
func luminance(t *testing.T, css, name string) float64 {
	t.Helper()
	found := regexp.MustCompile(`--` + name + `: #([0-9a-f]{6});`).FindStringSubmatch(css)
	if found == nil {
		t.Fatalf("no colour --%s", name)
	}
	rgb, _ := strconv.ParseUint(found[1], 16, 32)
	channel := func(shift int) float64 {
		v := float64(rgb>>shift&0xff) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}
