package org.latchkey.phones.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers each profile that is made of text as a service of its own, and watches the folder in which
 * a site puts its own: {@code etc/org.latchkey.phones/}.
 */
@Component(service = StatusSource.class, immediate = true, configurationPid = "org.latchkey.phones")
public final class DeskPhones implements StatusSource, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeskPhones.class);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final int RANK_OF_A_SITES_OWN = 20;
  private static final int RANK = 10;
  private static final int RANK_OF_THE_LAST = -10;

  private final ProfileFolder folder;
  private final Offer offer;
  private final Shelf shelf = new Shelf();
  private final Map<TemplateProfile, Runnable> offered = new HashMap<>();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "latchkey-phones");
            thread.setDaemon(true);
            return thread;
          });
  private final ScheduledFuture<?> looking;
  private volatile PhoneSettings settings;
  private volatile Map<String, String> faults = Map.of();

  /** Makes a profile a service of this ranking, and says how to end that. */
  @FunctionalInterface
  interface Offer {
    Runnable of(PhoneProfile profile, int ranking);
  }

  /** Looks at once, and then every other second. */
  @Activate
  public DeskPhones(BundleContext context, PhonesConfiguration configuration) {
    this(
        new ProfileFolder(Path.of(System.getProperty("karaf.etc", "etc"), "org.latchkey.phones")),
        DeskSettings.of(configuration),
        (profile, ranking) ->
            context.registerService(
                    PhoneProfile.class,
                    profile,
                    FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, ranking)))
                ::unregister,
        LOOK);
  }

  /** Looks at once, and then every so often. */
  DeskPhones(ProfileFolder folder, PhoneSettings settings, Offer offer, Duration every) {
    this.folder = folder;
    this.settings = settings;
    this.offer = offer;
    look();
    long millis = every.toMillis();
    looking = watch.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** The settings were edited. */
  @Modified
  void modified(PhonesConfiguration configuration) {
    settings = DeskSettings.of(configuration);
    look();
  }

  @Override
  public String part() {
    return "phone profiles";
  }

  @Override
  public List<StatusLine> status() {
    List<StatusLine> lines = new ArrayList<>();
    faults.values().stream()
        .map(
            fault ->
                StatusLine.fault(
                    "What stood before is in force: " + fault,
                    "Mend the file in " + folder.path() + '.'))
        .forEach(lines::add);
    return lines;
  }

  /** Takes the files of the folder as they are now. */
  synchronized void look() {
    Map<String, String> found = new TreeMap<>();
    try {
      shelf.take(folder.files(found), settings, found);
    } catch (IOException | RuntimeException e) {
      found.put("", "the folder can't be read: " + e.getMessage());
    }
    found.forEach(
        (file, fault) -> {
          if (!fault.equals(faults.get(file))) {
            LOG.warn("A phone profile can't be used: {}", fault);
          }
        });
    faults = found;
    List<TemplateProfile> now = shelf.profiles();
    now.stream()
        .filter(profile -> !offered.containsKey(profile))
        .forEach(profile -> offered.put(profile, offer.of(profile, ranking(profile))));
    offered.entrySet().removeIf(one -> ended(one, now));
  }

  /** Takes the services back. */
  @Override
  @Deactivate
  public void close() {
    looking.cancel(false);
    watch.shutdown();
    synchronized (this) {
      offered.values().forEach(Runnable::run);
      offered.clear();
    }
  }

  private static boolean ended(
      Map.Entry<TemplateProfile, Runnable> one, List<TemplateProfile> now) {
    if (now.contains(one.getKey())) {
      return false;
    }
    one.getValue().run();
    return true;
  }

  private static int ranking(TemplateProfile profile) {
    if (profile.isFallback()) {
      return RANK_OF_THE_LAST;
    }
    return Shelf.BUILT_IN.contains(profile.name()) ? RANK : RANK_OF_A_SITES_OWN;
  }
}
