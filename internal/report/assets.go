package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"strings"
)

//go:embed assets
var files embed.FS

var pageTemplate = template.Must(template.New("page.tmpl").ParseFS(files, "assets/*.tmpl"))

// assets are the fixed parts of the page. They come from ddmon or uPlot, so the page includes them without escaping.
type assets struct {
	Style  template.CSS
	Script template.JS
	// Policy allows only this script and inline styles: no network, and no scripts injected by data.
	Policy string
}

func embedded() assets {
	script := "\n" + asset("assets/uplot/uPlot.iife.min.js") + "\n" + asset("assets/report.js")
	sum := sha256.Sum256([]byte(script))
	return assets{
		Style:  template.CSS("\n" + asset("assets/uplot/uPlot.min.css") + "\n" + asset("assets/report.css")),
		Script: template.JS(script),
		Policy: "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; script-src 'sha256-" +
			base64.StdEncoding.EncodeToString(sum[:]) + "'",
	}
}

// FixedLines returns the lines of the script and the style sheet, which are the same in every page.
func FixedLines() map[string]bool {
	fixed := map[string]bool{}
	a := embedded()
	for line := range strings.Lines(string(a.Script) + "\n" + string(a.Style) + "\n") {
		if line != "\n" {
			fixed[line] = true
		}
	}
	return fixed
}

// asset reads an embedded file. It panics if the file is missing, which any test finds.
func asset(name string) string {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return string(b)
}
