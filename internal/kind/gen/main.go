// Command gen writes the tables of package kind: the facts of Datadog's OpenAPI file about monitors and dashboards,
// one line a field, none of its prose. The file is the one inside the client module that go.mod names, so a newer
// client means newer tables after `go generate ./internal/kind`. Its entry point is generate; nothing but this
// command writes files.
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// outputs are the files to write, each with the schema that it starts from.
func outputs() map[string]string {
	return map[string]string{"monitor_gen.txt": "Monitor", "dashboard_gen.txt": "Dashboard"}
}

func main() {
	if err := run(context.Background(), "."); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir string) error {
	path, err := specPath(ctx)
	if err != nil {
		return err
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	spec, err := parseSpec(raw)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for file, root := range outputs() {
		text, err := generate(spec, root)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, file), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// specPath asks the go command where the client module lies, so that the version is the one in go.mod.
func specPath(ctx context.Context) (string, error) {
	const module = "github.com/DataDog/datadog-api-client-go/v2"
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	if err != nil {
		return "", fmt.Errorf("go list -m %s: %w", module, err)
	}
	dir := strings.TrimSpace(string(out))
	if dir == "" {
		return "", fmt.Errorf("%s is not in the module cache; run `go mod download %s`", module, module)
	}
	return filepath.Join(dir, ".generator", "schemas", "v1", "openapi.yaml"), nil
}
