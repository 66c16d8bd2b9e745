package machine

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
)

// StepOutputs writes names and values in the format of $GITHUB_OUTPUT. Later steps get the values unchanged. No value
// can end early or inject another output.
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

// delimiter returns a line that does not occur in a value. It is a hash of the value, so that the output is
// reproducible.
func delimiter(value string) string {
	for sum := sha256.Sum256([]byte(value)); ; sum = sha256.Sum256(sum[:]) {
		if end := "ddmon_" + hex.EncodeToString(sum[:8]); !strings.Contains(value, end) {
			return end
		}
	}
}
