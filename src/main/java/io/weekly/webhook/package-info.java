@NullMarked
package io.weekly.webhook;

import org.jspecify.annotations.NullMarked;
