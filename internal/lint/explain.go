package lint

import (
	"embed"
	"io/fs"
	"strings"

	"ddmon/internal/object"
)

//go:embed docs/*.md
var docs embed.FS

// Explain returns the manual's section about a code of Lint or Validate, in Markdown: what it finds, why it matters,
// and how to fix it. ok is false for an unknown code.
func Explain(code string) (markdown string, ok bool) {
	markdown, ok = sections()[code]
	return markdown, ok
}

// Codes returns all codes in the manual, sorted.
func Codes() []string { return object.SortedKeys(sections()) }

// sections splits the manual at its second-level headings, which are codes.
func sections() map[string]string {
	found := map[string]string{}
	files, err := fs.Glob(docs, "docs/*.md")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, name := range files {
		text, err := docs.ReadFile(name)
		if err != nil {
			panic(err) // the file is embedded
		}
		for _, section := range strings.Split("\n"+string(text), "\n## ")[1:] {
			code, _, _ := strings.Cut(section, "\n")
			found[strings.TrimSpace(code)] = "## " + strings.TrimSpace(section) + "\n"
		}
	}
	return found
}
