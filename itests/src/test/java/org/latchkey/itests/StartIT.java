package org.latchkey.itests;

import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.latchkey.itests.fixture.Await;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class StartIT {
  @Inject private BundleContext context;

  @Configuration
  public Option[] container() {
    return new Option[] {LatchkeyContainer.assembly()};
  }

  @Test
  public void everyBundleOfOursIsActive() {
    List<Bundle> ours =
        Arrays.stream(context.getBundles())
            .filter(bundle -> bundle.getSymbolicName().startsWith("org.latchkey."))
            .toList();

    assertTrue("too few: " + ours, ours.size() > 1);
    for (Bundle bundle : ours) {
      Await.until(
          bundle.getSymbolicName() + " is active",
          Duration.ofMinutes(1),
          () -> bundle.getState() == Bundle.ACTIVE);
    }
  }
}
