package cli_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// promise matches a row in the README's table of guarantees; backing matches a test or script in it.
var (
	promise = regexp.MustCompile(`(?m)^\| \d \|.*\|(.*)\|$`)
	backing = regexp.MustCompile("`([^`]+)`")
)

// TestPromisesAreTested: each guarantee in the README names tests, and these tests exist.
func TestPromisesAreTested(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(repository, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	err = filepath.WalkDir(filepath.Join(repository, "internal"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		tests.Write(source)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	promises := promise.FindAllStringSubmatch(string(readme), -1)
	if len(promises) < 9 {
		t.Errorf("%d promises", len(promises))
	}
	for _, row := range promises {
		names := backing.FindAllStringSubmatch(row[1], -1)
		if len(names) == 0 {
			t.Errorf("no test backs %s", row[0])
		}
		for _, name := range names {
			if strings.Contains(name[1], "/") {
				if _, err := os.Stat(filepath.Join(repository, "testdata", "script", name[1]+".txtar")); err != nil {
					t.Error(err)
				}
			} else if !strings.Contains(tests.String(), "\nfunc "+name[1]+"(") {
				t.Errorf("there is no %s", name[1])
			}
		}
	}
}
