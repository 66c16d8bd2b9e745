package machine

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
)

// StepOutputs writes names and values as GitHub Actions reads them from the file $GITHUB_OUTPUT. Values are data of later
// steps and stay unchanged, whatever they hold: no value can end early or add an output of its own.
func StepOutputs(w io.Writer, pairs [][2]string) error {
	out := bufio.NewWriter(w)
	for _, pair := range pairs {
		name, value := pair[0], pair[1]
		if !strings.ContainsAny(value, "\r\n") {
			fmt.Fprintf(out, "%s=%s\n", name, value)
			continue
		}
		end := delimiter(value)
		fmt.Fprintf(out, "%s<<%s\n%s\n%s\n", name, end, value, end)
	}
	return out.Flush()
}

// delimiter is a line that a value does not hold. It is made of the value, so that the same value is written the same.
func delimiter(value string) string {
	for sum := sha256.Sum256([]byte(value)); ; sum = sha256.Sum256(sum[:]) {
		if end := "ddmon_" + hex.EncodeToString(sum[:8]); !strings.Contains(value, end) {
			return end
		}
	}
}
