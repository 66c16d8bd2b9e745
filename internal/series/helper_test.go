package series

import (
	"io/fs"

	"github.com/hashicorp/hcl/v2"
)

// loadFS loads a recording from a file system in memory.
func loadFS(files fs.FS, folder, file string) (*Recording, hcl.Diagnostics) {
	return loadFrom(func(name string) ([]byte, error) { return fs.ReadFile(files, name) }, folder, file)
}
