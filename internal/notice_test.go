package internal_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/ddtest"
)

// licence is a licence file of a component that the binary contains.
type licence struct {
	component string   // with the name of the file if it is not the licence itself, such as PATENTS
	holders   []string // the copyright lines above the licence text
	text      string   // the licence text without the copyright lines
}

// TestNotice compares NOTICE with the licences of everything that is linked or embedded into the binary on any
// platform.
func TestNotice(t *testing.T) {
	want := notice(slices.Concat(licencesOfGo(t), licencesOfModules(t), licencesOfAssets(t)))
	checkGenerated(t, filepath.Join("..", "NOTICE"), want, "the binary")
}

// checkGenerated compares a generated file with its expected content. With -update, it writes the file.
func checkGenerated(t *testing.T, path, want, of string) {
	t.Helper()
	if ddtest.Updating() {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(string(have), "\n")); diff != "" {
		t.Errorf("%s does not match %s; run go test ./internal -run %s -update (-want +got):\n%s", filepath.Base(path), of, t.Name(), diff)
	}
}

// noticeHead is the start of NOTICE. The Mozilla Public License requires the sentence about the source.
const noticeHead = `ddmon
Licensed under the Apache License, Version 2.0; see LICENSE.

The ddmon binary contains the software below, each part under the licence that follows its name. Identical licences are
printed once. The source of a Go module is at https://pkg.go.dev/MODULE, in the version that go.mod names.
`

// notice returns the content of NOTICE. It groups components with the same licence text.
func notice(all []licence) string {
	groups := map[string][]licence{}
	for _, l := range all {
		same := strings.Join(strings.Fields(l.text), " ")
		groups[same] = append(groups[same], l)
	}
	sections := make([]string, 0, len(groups))
	for _, group := range groups {
		slices.SortFunc(group, func(a, b licence) int { return strings.Compare(a.component, b.component) })
		var section strings.Builder
		for _, l := range group {
			section.WriteString(l.component + "\n")
			for _, holder := range l.holders {
				section.WriteString("    " + holder + "\n")
			}
		}
		section.WriteString("\n" + group[0].text + "\n")
		sections = append(sections, section.String())
	}
	slices.Sort(sections)
	rule := "\n" + strings.Repeat("=", 80) + "\n"
	return noticeHead + rule + strings.Join(sections, rule)
}

func licencesOfGo(t *testing.T) []licence {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return licencesIn(t, "Go standard library and runtime", strings.TrimSpace(string(root)))
}

// platforms returns the supported platforms. Some modules are linked only on some of them.
func platforms() []string {
	return []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64"}
}

// licencesOfModules reads the licences in the folders of all linked modules and packages.
func licencesOfModules(t *testing.T) []licence {
	t.Helper()
	found := map[licenceFile]bool{}
	for _, platform := range platforms() {
		for _, line := range linked(t, platform) {
			module, root, dir := line[0], line[1], line[2]
			for ; strings.HasPrefix(dir, root); dir = filepath.Dir(dir) {
				found[licenceFile{module, root, dir}] = true
			}
		}
	}
	var out []licence
	has := map[string]bool{}
	for f := range found {
		component := f.module
		if below, err := filepath.Rel(f.root, f.dir); err != nil {
			t.Fatal(err)
		} else if below != "." {
			component += "/" + filepath.ToSlash(below)
		}
		in := licencesIn(t, component, f.dir)
		has[f.module] = has[f.module] || len(in) > 0
		out = append(out, in...)
	}
	for _, module := range slices.Sorted(maps.Keys(has)) {
		if !has[module] {
			t.Errorf("%s is linked, but has no licence file", module)
		}
	}
	return out
}

// licenceFile is a folder of a module that can contain licences.
type licenceFile struct{ module, root, dir string }

// linked returns the module, the module folder and the package folder of each third-party package in the binary.
func linked(t *testing.T, platform string) [][]string {
	t.Helper()
	goos, goarch, _ := strings.Cut(platform, "/")
	cmd := exec.Command("go", "list", "-deps", "-f",
		"{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}", "ddmon")
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list for %s: %v\n%s", platform, err, &errs)
	}
	var lines [][]string
	for _, line := range strings.Split(string(out), "\n") {
		if fields := strings.Split(line, "\t"); len(fields) == 3 {
			lines = append(lines, fields)
		}
	}
	return lines
}

// licencesOfAssets reads the licences of embedded third-party assets. Minified files are third-party and have their
// licence next to them.
func licencesOfAssets(t *testing.T) []licence {
	t.Helper()
	folders := map[string]string{}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if strings.Contains(entry.Name(), ".min.") || isLicence(entry.Name()) {
			folders[filepath.Dir(path)] = filepath.Base(filepath.Dir(path))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var out []licence
	for dir, component := range folders {
		in := licencesIn(t, component+" (embedded from internal/"+filepath.ToSlash(dir)+")", dir)
		if len(in) == 0 {
			t.Errorf("internal/%s contains third-party software without its licence", dir)
		}
		out = append(out, in...)
	}
	return out
}

var licenceName = regexp.MustCompile(`(?i)^(un)?(licen[cs]e|copying|copyright|notice|patents)([.-].*)?$`)

// isLicence reports whether a file has the name of a licence file. LICENSE-3rdparty.csv is not one: it lists other
// licences.
func isLicence(name string) bool {
	return licenceName.MatchString(name) && !slices.Contains([]string{".go", ".csv"}, filepath.Ext(name))
}

// licencesIn reads the licence files in a folder.
func licencesIn(t *testing.T, component, dir string) []licence {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []licence
	for _, entry := range entries {
		if entry.IsDir() || !isLicence(entry.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		whole := strings.ReplaceAll(string(text), "\r\n", "\n")
		switch strings.ToUpper(entry.Name()) {
		case "LICENSE", "LICENSE.TXT", "LICENSE.MD", "LICENCE", "COPYING":
			holders, terms := splitHolders(whole)
			out = append(out, licence{component, holders, terms})
		default:
			out = append(out, licence{fmt.Sprintf("%s (%s)", component, entry.Name()), nil, trimmed(strings.Split(whole, "\n"))})
		}
	}
	return out
}

var (
	licenceTitle  = regexp.MustCompile(`(?i)^[^.,]{0,60}licen[cs]e[^.,]{0,20}$`)
	copyrightLine = regexp.MustCompile(`(?i)^(copyright|©|\(c\)).*\d{4}|^all rights reserved\.?$`)
)

// splitHolders removes the copyright lines from the start of a licence, where only the title can be above them. It
// keeps copyright lines further down, which belong to parts of the text. After the terms of the Apache License there is
// a template, which some projects have filled in with their name.
func splitHolders(text string) (holders []string, terms string) {
	text, template, _ := strings.Cut(text, "END OF TERMS AND CONDITIONS")
	for line := range strings.Lines(template) {
		if line = strings.TrimSpace(line); copyrightLine.MatchString(line) {
			holders = append(holders, line)
		}
	}
	lines := strings.Split(text, "\n")
	var head []string
	for i, line := range lines {
		line = strings.TrimSpace(line)
		switch {
		case copyrightLine.MatchString(line):
			holders = append(holders, line)
		case line == "", licenceTitle.MatchString(line) && len(holders) == 0:
			head = append(head, lines[i])
		default:
			return holders, trimmed(append(head, lines[i:]...))
		}
	}
	return holders, trimmed(head)
}

// trimmed joins lines and removes trailing spaces and surrounding empty lines.
func trimmed(lines []string) string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = strings.TrimRight(line, " \t")
	}
	return strings.Trim(strings.Join(out, "\n"), "\n")
}
