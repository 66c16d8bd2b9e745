package machine

import (
	"io"
	"path/filepath"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
)

// The parts of SARIF 2.1.0 that a code scanner needs to show a finding at its location. Existing libraries would add a
// JSON schema validator to the binary in place of these fifty lines.
type (
	sarifLog struct {
		Version string     `json:"version"`
		Schema  string     `json:"$schema"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool    sarifTool     `json:"tool"`
		Results []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID   string     `json:"id"`
		Help *sarifText `json:"help,omitempty"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifLogical struct {
		Name string `json:"fullyQualifiedName"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
)

// SARIF writes diagnostics as SARIF 2.1.0. help returns the documentation of a code in Markdown, or "".
func SARIF(w io.Writer, diags diag.Shown, version string, help func(code string) string) error {
	driver := sarifDriver{Name: "ddmon", Version: version, Rules: []sarifRule{}}
	results := []sarifResult{}
	known := make(map[string]bool)
	for _, d := range diags.List() {
		code := diag.Code(d)
		if !known[code] {
			known[code] = true
			rule := sarifRule{ID: code}
			if text := help(code); text != "" {
				rule.Help = &sarifText{Text: text, Markdown: text}
			}
			driver.Rules = append(driver.Rules, rule)
		}
		results = append(results, sarifResultOf(code, d))
	}
	return JSON(w, sarifLog{
		Version: "2.1.0", Schema: "https://json.schemastore.org/sarif-2.1.0.json",
		Runs: []sarifRun{{Tool: sarifTool{driver}, Results: results}},
	}, "  ")
}

func sarifResultOf(code string, d *hcl.Diagnostic) sarifResult {
	level := diag.SeverityOf(d).String()
	if level == "info" {
		level = "note"
	}
	r := sarifResult{RuleID: code, Level: level, Message: sarifText{Text: d.Summary + ": " + d.Detail}}
	if d.Subject != nil {
		r.Locations = []sarifLocation{{Physical: sarifPhysical{
			Artifact: sarifArtifact{filepath.ToSlash(d.Subject.Filename)},
			Region: sarifRegion{
				StartLine: d.Subject.Start.Line, StartColumn: d.Subject.Start.Column,
				EndLine: d.Subject.End.Line, EndColumn: d.Subject.End.Column,
			},
		}}}
		if extra, _ := d.Extra.(diag.Extra); extra.Path != "" {
			r.Locations[0].Logical = []sarifLogical{{extra.Path}}
		}
	}
	return r
}
