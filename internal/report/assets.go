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

// assets are the parts of the page that are the same each time. They are ours or uPlot's, so that they may stand in
// the page as they are.
type assets struct {
	Style  template.CSS
	Script template.JS
	// Policy forbids all but this script and inline styles: no network, no script that came in with data.
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

// FixedLines are the lines of the page that are the same each time, whatever is reported: its script and its style.
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

// asset reads an embedded file. That one is missing is a fault of the build, which any test finds.
func asset(name string) string {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return string(b)
}
