package config

import (
	"bytes"
	"regexp"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/diag"
)

// datadogTemplate matches a Datadog variable right after a dollar or percent sign, "${{value}}", which HCL parses as
// the start of a template sequence. HCL's escape is the doubled sign.
var datadogTemplate = regexp.MustCompile(`[$%]+\{\{[#^/]?[A-Za-z_]`)

const codeTemplate = "datadog_template"

// maxTemplates limits how often a file is parsed again to find the cause.
const maxTemplates = 20

// parseAroundTemplates checks whether unescaped Datadog variables cause a syntax error. A variable is a cause if the
// file has fewer errors without it; the error then says how to escape it. The other errors are those of the file
// without such variables. Replacing the sign by an underscore keeps all positions.
func parseAroundTemplates(source []byte, name string, file *hcl.File, diags hcl.Diagnostics) (*hcl.File, hcl.Diagnostics) {
	signs := unescapedTemplates(source)
	if len(signs) == 0 {
		return file, diags
	}
	without := bytes.Clone(source)
	for _, at := range signs {
		without[at] = '_'
	}
	cleanFile, clean := hclsyntax.ParseConfig(without, name, hcl.InitialPos)
	if len(clean) >= len(diags) {
		return file, diags
	}
	for _, at := range signs {
		without[at] = source[at]
		_, with := hclsyntax.ParseConfig(without, name, hcl.InitialPos)
		without[at] = '_'
		if len(with) > len(clean) {
			clean = append(clean[:len(clean):len(clean)], templateError(source, name, at))
		}
	}
	return cleanFile, clean
}

// unescapedTemplates returns the positions of the signs that begin a template sequence, without escaped ones.
func unescapedTemplates(source []byte) []int {
	var signs []int
	for _, m := range datadogTemplate.FindAllIndex(source, maxTemplates) {
		at := bytes.IndexByte(source[m[0]:], '{') + m[0] - 1
		if at == m[0] || source[at-1] != source[at] {
			signs = append(signs, at)
		}
	}
	return signs
}

func templateError(source []byte, name string, at int) *hcl.Diagnostic {
	sign := string(source[at])
	start := hcl.Pos{Line: 1 + bytes.Count(source[:at], []byte("\n")), Byte: at}
	lineStart := bytes.LastIndexByte(source[:at], '\n') + 1
	start.Column = 1 + len([]rune(string(source[lineStart:at])))
	end := start
	end.Column, end.Byte = start.Column+3, start.Byte+3
	return diag.Error(codeTemplate, "Unescaped Datadog variable",
		"HCL reads "+sign+"{ as the beginning of a template sequence. Write "+sign+sign+"{{ for a "+
			"literal "+sign+" followed by a Datadog variable.", hcl.Range{Filename: name, Start: start, End: end})
}
