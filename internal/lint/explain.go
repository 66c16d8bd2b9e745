package lint

import (
	"embed"
	"io/fs"
	"strings"

	"ddmon/internal/object"
)

//go:embed docs/*.md
var docs embed.FS

// Explain returns what is written of a code in Markdown, with its heading: what it finds, why that matters, how to mend
// it. It knows the codes of Lint and of Validate; ok is false for any other.
func Explain(code string) (markdown string, ok bool) {
	markdown, ok = sections()[code]
	return markdown, ok
}

// Codes returns every code that Explain knows, in order.
func Codes() []string { return object.SortedKeys(sections()) }

// sections cuts the documentation at its headings of the second level, which are codes.
func sections() map[string]string {
	found := map[string]string{}
	files, err := fs.Glob(docs, "docs/*.md")
	if err != nil {
		panic(err) // the pattern is part of the program
	}
	for _, name := range files {
		text, err := docs.ReadFile(name)
		if err != nil {
			panic(err) // so is the file
		}
		for _, section := range strings.Split("\n"+string(text), "\n## ")[1:] {
			code, _, _ := strings.Cut(section, "\n")
			found[strings.TrimSpace(code)] = "## " + strings.TrimSpace(section) + "\n"
		}
	}
	return found
}
